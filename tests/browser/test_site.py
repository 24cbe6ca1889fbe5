"""The site in a real browser: what a person sees, with and without JavaScript, on a desk and on a phone."""

import shutil
from collections.abc import Iterator
from functools import partial
from threading import Thread
from typing import Any

import pytest
from a_site import a_site
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect, sync_playwright

from web.serve import Server

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.browser
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PAGES = ["/", "/search?q=libraries", "/search?q=evening&topic=transport&from=soon", "/search?q=xyzzy", "/search/help",
         "/search?q=evening+journeys+libraries", f"/search?q={'a' * 1500}", "/ambleshire/items/17213?q=evening+use",
         "/glossary",
         "/search/data", "/ambleshire", "/ambleshire/items/17213", "/ambleshire/items/17214",
         "/ambleshire/meetings/3129", "/ambleshire/committees/170", "/ambleshire/members/117",
         "/ambleshire/documents/s1", "/ambleshire/meetings/91", "/ambleshire/items/901-cy", "/ambleshire/items/911",
         "/ambleshire/meetings/90/versions", "/ambleshire/items/901/versions", "/nowhere"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    server = Server(a_site(tmp_path_factory.mktemp("browser"))[0], port=0)
    thread = Thread(target=server.run)
    thread.start()
    yield server.address.rstrip("/")
    server.close()
    thread.join(timeout=5)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def a_context(browser: Browser, site: str, **options: Any) -> BrowserContext:
    return browser.new_context(base_url=site, **options)


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A page that holds to account: an error, a complaint of the browser, a request to elsewhere fails the test."""
    context = a_context(browser, site, viewport=DESK)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if line.type in ("error", "warning") else None)
    page.on("request", lambda asked: None if asked.url.startswith(site) else complaints.append(asked.url))
    yield page
    context.close()
    assert [each for each in complaints if "404 (NOT FOUND)" not in each] == []


def violations(page: Page) -> list[tuple[str, list[str]]]:
    found = Axe().run(page, options=WCAG).response["violations"]
    return [(each["id"], [node["target"] for node in each["nodes"]]) for each in found]


@pytest.mark.parametrize("address", PAGES)
def test_no_page_breaks_a_rule_of_wcag(page: Page, address: str) -> None:
    page.goto(address)
    assert violations(page) == []


@pytest.mark.parametrize("address", ["/", "/search?q=libraries", "/ambleshire/items/17213"])
def test_nor_on_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(address)
    assert violations(page) == []


@pytest.mark.parametrize("width", [320, 700, 1100, 1160])
def test_no_page_is_wider_than_its_screen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    for address in PAGES:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") == width, address


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_a_person_finds_the_very_paragraph(page: Page, screen: Any) -> None:
    page.set_viewport_size(screen)
    page.goto("/")
    page.get_by_label("Search all minutes").fill("evening journeys")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", name="1 item")).to_be_visible()
    found = page.locator(".mb-hits").first
    expect(found.locator("h3 mark")).to_have_text(["Evening"])
    expect(found.locator("p mark")).to_have_text(["evening", "journeys"])
    page.get_by_role("link", name="Paragraph 2 of Evening and rural buses").click()
    expect(page).to_have_url(page.url.split("/ambleshire")[0] + "/ambleshire/items/17213#p6")
    paragraph = page.locator('[id="p6"]')
    expect(paragraph).to_be_in_viewport()
    assert paragraph.evaluate("each => each.matches(':target')")


def test_searching_and_filtering_need_no_script(browser: Browser, site: str) -> None:
    context = a_context(browser, site, viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto("/search?q=libraries")
    page.get_by_role("link", name="Filters").click()
    page.get_by_label("From").fill("2020")
    page.get_by_role("button", name="Set dates").click()
    expect(page.get_by_role("link", name="Remove filter From: 2020")).to_be_visible()
    page.get_by_role("link", name="Highways and transport").click()
    assert page.url.endswith("/search?q=libraries&from=2020&topic=transport")
    page.get_by_role("link", name="Remove filter From: 2020").click()
    page.get_by_role("link", name="Next page").click()
    expect(page.get_by_role("heading", name="page 2")).to_be_visible()
    context.close()


def test_the_keyboard_alone_skips_to_the_content(browser: Browser, site: str) -> None:
    context = a_context(browser, site, viewport=DESK)
    page = context.new_page()
    page.goto("/ambleshire/items/17213")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    context.close()


def test_the_citation_follows_the_paragraph(browser: Browser, site: str) -> None:
    context = a_context(browser, site, viewport=DESK)
    page = context.new_page()
    page.goto("/ambleshire/items/17213")
    page.get_by_role("link", name="Link to paragraph 27.1").click()
    expect(page.locator("[data-cite]")).to_contain_text(f"{site}/ambleshire/items/17213#27.1")
    context.close()


def test_script_in_minutes_is_never_run(page: Page) -> None:
    said: list[str] = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    for address in ("/ambleshire/items/17213", "/search?q=alert"):
        page.goto(address)
        expect(page.get_by_text("<script>").first).to_be_visible()
    assert said == []


def box(page: Page) -> Any:
    return page.get_by_role("combobox").first


def test_what_is_typed_is_completed_and_chosen_by_keys(page: Page) -> None:
    page.goto("/search?q=libraries")
    box(page).fill("")
    box(page).press_sequentially("high")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    assert violations(page) == []
    box(page).press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    box(page).press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(options.last).not_to_have_attribute("aria-selected", "true")
    box(page).press("Enter")
    page.wait_for_url(lambda address: "q=libraries" not in address)


def answered(status: int, route: Route) -> None:
    route.fulfill(status=status)


def test_the_list_closes_with_escape_and_where_no_answer_comes(browser: Browser, site: str) -> None:
    context = a_context(browser, site, viewport=DESK)
    page = context.new_page()
    page.goto("/search?q=libraries")
    options = page.get_by_role("option")
    for status in (None, 204, 503):
        box(page).fill("")
        box(page).press_sequentially("high")
        expect(options.first).to_be_visible()
        if status is None:
            box(page).press("Escape")
            expect(options.first).to_be_hidden()
            box(page).press("ArrowDown")
            expect(options.first).to_have_attribute("aria-selected", "true")
            box(page).press("Escape")
            box(page).press("ArrowUp")
            expect(options.last).to_have_attribute("aria-selected", "true")
            box(page).press("Escape")
        else:
            page.route("**/suggest*", partial(answered, status))
            box(page).press_sequentially("w")
        expect(options.first).to_be_hidden()
        expect(box(page)).to_have_attribute("aria-expanded", "false")
        assert box(page).input_value() == ("highw" if status else "high")
        page.unroute_all()
    context.close()
