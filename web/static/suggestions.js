// Suggestions while typing, for every search box: an editable combobox with a list (ARIA 1.2). Without this, or where
// the answer does not come, the box is what it was.
const SHORTEST = 2;
const PAUSE = 120;    // milliseconds after the last key
const KINDS = { member: "Member", committee: "Committee", topic: "Topic", acronym: "Acronym", title: "Title", kind: "Text",
  action: "Decision" };

function element(name, properties, ...inside) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...inside);
  return made;
}

function offer(box, number) {
  const list = element("ul", { className: "mb-suggestions", id: `mb-suggestions-${number}`, role: "listbox", hidden: true });
  const status = element("span", { className: "govuk-visually-hidden", role: "status" });
  let suggestions = [];
  let active = -1;
  let pause;

  list.setAttribute("aria-label", "Suggestions");
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"],
    ["aria-controls", list.id]]) box.setAttribute(name, value);
  box.form.append(list, status);

  const close = () => {
    list.hidden = true;
    active = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };
  const choose = (at) => {
    box.value = suggestions[at].query;
    close();
    box.form.requestSubmit();
  };
  const move = (to) => {
    list.children[active]?.removeAttribute("aria-selected");
    active = (to + suggestions.length) % suggestions.length;
    const option = list.children[active];
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", option.id);
  };
  const show = () => {
    list.replaceChildren(...suggestions.map((each, at) => {
      const option = element("li", { id: `${list.id}-${at}`, role: "option" },
        element("span", { textContent: each.label }),
        element("span", { className: "mb-suggestions__kind", textContent: KINDS[each.kind] ?? each.kind }));
      option.addEventListener("pointerdown", (event) => { event.preventDefault(); choose(at); });
      return option;
    }));
    status.textContent = suggestions.length === 1 ? "1 suggestion" : `${suggestions.length} suggestions`;
    if (!suggestions.length) return close();
    active = -1;
    list.hidden = false;
    box.removeAttribute("aria-activedescendant");
    box.setAttribute("aria-expanded", "true");
  };
  const ask = async () => {
    const typed = box.value;
    try {
      const answer = await fetch(`/api/v1/suggest?${new URLSearchParams({ q: typed })}`);
      if (box.value !== typed || document.activeElement !== box) return;
      if (!answer.ok) return close();
      ({ suggestions } = await answer.json());
      show();
    } catch { close(); }
  };

  box.addEventListener("input", () => {
    clearTimeout(pause);
    if (box.value.trim().length < SHORTEST) return close();
    pause = setTimeout(ask, PAUSE);
  });
  box.addEventListener("blur", close);
  const reopen = async (to) => {
    clearTimeout(pause);
    await ask();
    if (!list.hidden && active < 0) move(to);
  };
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (list.hidden) {
      if (!["ArrowDown", "ArrowUp"].includes(event.key) || box.value.trim().length < SHORTEST) return;
      reopen(event.key === "ArrowDown" ? 0 : -1);
    } else if (event.key === "ArrowDown") move(active + 1);
    else if (event.key === "ArrowUp") move(active < 0 ? -1 : active - 1);
    else if (event.key === "Enter" && active >= 0) choose(active);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  box.form.addEventListener("submit", () => clearTimeout(pause));
}

export function offerSuggestions() {
  document.querySelectorAll('input[type="search"][name="q"]').forEach(offer);
}
