// The pages work without this: it moves focus after "Skip to main content", offers to copy a citation, and
// what a search may become while it is typed.
import { SkipLink, createAll } from "./govuk/govuk-frontend.min.js";
import { offerSuggestions } from "./suggestions.js";

document.body.classList.add("govuk-frontend-supported");
createAll(SkipLink);
offerSuggestions();

for (const cite of document.querySelectorAll("[data-cite]")) {
  const address = cite.querySelector("[data-address]");
  const page = address.textContent;
  const follow = () => { address.textContent = page + window.location.hash; };
  window.addEventListener("hashchange", follow);
  follow();
  if (!navigator.clipboard) continue;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "mb-button mb-copy";
  button.textContent = "Copy citation";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(cite.textContent.trim());
    button.textContent = "Copied";
  });
  cite.after(button);
}
