"""The contract's JSON as text for a person at a terminal: nothing that JSON does not say, in reading order."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, time
from textwrap import fill
from types import MappingProxyType
from typing import Any

import click

from web import filters
from web.filters import Piece, clock, counted, excerpt, moment, pieces, quoted
from web.history import by_item

Shape = dict[str, Any]
WIDTH = 100


def day(iso: str | None) -> str:
    """A date as people write it, "2 March 2021, 10.30am"; the date alone where no time was printed."""
    if not iso:
        return "date not known"
    at = datetime.fromisoformat(iso)
    return f"{filters.day(at)}, {clock(at.time())}" if at.time() != time(0) else filters.day(at)


def marked(text: Iterable[Piece]) -> str:
    """A text with its marks in bold, underlined where it stands as typed; the codes go when this is no terminal."""
    return "".join(click.style(each.text, bold=True, underline=each.exact or None) if each.marked else each.text
                   for each in text)


def wrapped(text: str, indent: str = "", first: str | None = None) -> str:
    """`text` filled to the terminal's usual width."""
    return fill(text, WIDTH, initial_indent=indent if first is None else first, subsequent_indent=indent,
                break_long_words=False, break_on_hyphens=False)


def withdrawn(since: str) -> str:
    """What is said of a thing that its council publishes no more since that day."""
    return f"No longer published by the council since {day(since)}; kept here as it was."


def search_text(result: Shape, gone: Mapping[str, str] = MappingProxyType({})) -> str:
    """A page of results; `gone` says of items that are no longer published since when, by identifier."""
    pages = -(-result["total"] // result["per_page"])
    lines = [f"{counted(result['total'], 'item')} - {result['explanation']}"]
    if result["suggestion"]:
        lines.append(f"Did you mean {result['suggestion']}?")
    lines += _help_lines(result["help"]) if result["help"] else []
    first = (result["page"] - 1) * result["per_page"] + 1
    for at, hit in enumerate(result["hits"], first):
        lines += ["", *_hit_lines(at, hit, gone.get(hit["item"]))]
    lines += _nearly_lines(result["nearly"], gone) if result["nearly"] else []
    if pages and result["page"] > pages:
        lines += ["", f"There is no page {result['page']}; the last is {pages}."]
    elif result["page"] < pages:
        lines += ["", f"Page {result['page']} of {pages}; --page {result['page'] + 1} shows the next."]
    return "\n".join(lines)


def _nearly_lines(nearly: Shape, gone: Mapping[str, str]) -> Iterator[str]:
    """What comes nearest, numbered by itself."""
    some = f"Not counted above, with some of {quoted(nearly['words'])}:"
    yield from ("", f"Found by {nearly['query']}:" if nearly["query"] else some)
    for at, hit in enumerate(nearly["hits"], 1):
        yield from ("", *_hit_lines(at, hit, gone.get(hit["item"])))


def _help_lines(found: Shape) -> Iterator[str]:
    """What would find something, a line each."""
    for each in found["without"]:
        yield f"Without {each['words']}: {counted(each['total'], 'item')} - {each['query']}"
    if other := found["any_word"]:
        yield f"Any one of these words: {counted(other['total'], 'item')} - {other['query']}"
    for what, facets in (("Other days", found["years"]), ("Other committees", found["committees"])):
        if facets:
            found_in = (f"{each['label']} ({each['count']:,})" for each in facets)
            yield f"{what}: {', '.join(found_in)}"
    held = found["held"]
    of = f" of {', '.join(held['committees'])}" if held["committees"] else ""
    since = f" since {day(held['since'])}" if held["since"] else ""
    until = f" until {day(held['until'])}" if held["until"] else ""
    span = f", {day(held['first'])} to {day(held['last'])}" if held["meetings"] else ""
    yield f"The archive holds the minutes of {counted(held['meetings'], 'meeting')}{of}{since}{until}{span}."


def _hit_lines(at: int, hit: Shape, gone: str | None) -> Iterator[str]:
    number = f"item {hit['number']}, " if hit["number"] else ""
    committee = hit["committee"]["name"] if isinstance(hit["committee"], dict) else hit["committee"]
    yield f"{at}. {marked(pieces(hit['title'], hit['title_marks'], hit['title_exact']))}"
    yield f"   {committee or 'committee not known'}, {number}{day(hit['date'])}"
    if gone:
        yield f"   {withdrawn(gone)}"
    for paragraph in hit["paragraphs"]:
        label = f"{paragraph['number']} " if paragraph["number"] else ""
        yield f"   > {label}{marked(excerpt(paragraph['text'], paragraph['marks'], paragraph['exact']))}"
        yield f"     {hit['item']}#{paragraph['anchor']}"
    if not hit["paragraphs"]:
        yield f"   {hit['item']}"
    if hit["more"]:
        yield f"   and {counted(hit['more'], 'more paragraph')} of it"


def item_text(item: Shape) -> str:
    """An agenda item with its minutes."""
    meeting = item.get("meeting") or {}
    committee = (meeting.get("committee") or {}).get("name")
    head = ", ".join(part for part in (committee, day(meeting["start"]) if meeting.get("start") else None) if part)
    if "unpublished" in meeting and "unpublished" not in item:
        item = item | {"unpublished": meeting["unpublished"]}
    return "\n".join([*([head] if head else []), *_item_lines(item)])


def _item_lines(item: Shape) -> Iterator[str]:
    number = f"{item['number']}. " if item["number"] else ""
    yield f"{number}{item['title']}{'  [restricted]' if item['restricted'] else ''}"
    if "unpublished" in item:
        yield f"   {withdrawn(item['unpublished'])}"
    for text in item["agenda"]:
        yield wrapped(text, "   ")
    for paragraph in item["paragraphs"]:
        label = f"{paragraph['number'] or '':<7}"
        yield "\n" + wrapped(paragraph["text"], " " * 10, first=f"   {label}")
    for topic in item.get("topics", ()):
        yield wrapped(f"{topic['label']} (because: {quoted(topic['words'])})", " " * 10, first="   Topic: ")
    for document in item["documents"]:
        marks = "  [restricted]" if document["restricted"] else ""
        marks += "  [no longer published]" if "unpublished" in document else ""
        yield f"   [{document['id'] or 'document'}] {document['title']}{marks}"


def meeting_text(meeting: Shape) -> str:
    """A meeting with everything that belongs to it."""
    committee = (meeting["committee"] or {}).get("name") or "Committee not known"
    status = meeting["status"] or "status not known"
    lines = [committee, day(meeting["start"]), f"{status.capitalize()}, minutes: {meeting['minutes']}"]
    lines += [withdrawn(meeting["unpublished"])] if "unpublished" in meeting else []
    lines += [f"Venue: {meeting['venue']}"] if meeting["venue"] else []
    by_status: dict[str, list[str]] = {}
    for one in meeting["attendance"]:
        by_status.setdefault(one["status"], []).append(one["name"] + (f" ({one['role']})" if one["role"] else ""))
    lines += [wrapped(f"{how.capitalize()}: {', '.join(names)}", "   ", first="") for how, names in by_status.items()]
    for item in meeting["items"]:
        lines += ["", *_item_lines(item)]
    return "\n".join(lines)


def history_text(told: Shape) -> str:
    """Every version of a meeting or an item, and what is not as it was in the one before."""
    lines = [f"{told['id']}: {counted(len(told['versions']), 'version')}"]
    for version in told["versions"]:
        seen = f"first seen {moment(version['seen'])}, last seen {moment(version['last'])}"
        lines += ["", f"Version {version['number']}: {seen}, read by parser {version['parser']}"]
        for (_, title), several in by_item(version["differences"]):
            lines += [f"  {title}"] if title else []
            lines += [line for each in several for line in _difference_lines(each)]
    return "\n".join(lines)


def _difference_lines(difference: Shape) -> Iterator[str]:
    yield f"    {difference['kind']} {difference['change']}"
    if difference["change"] == "moved":
        yield f"      from place {difference['old']} to {difference['new']}"
        return
    for sign, text in (("-", difference["old"]), ("+", difference["new"])):
        if text is not None:
            yield wrapped(text, "        ", first=f"      {sign} ")


def record_text(record: Shape) -> str:
    """A member, committee, council or document: a line a field."""
    lines = [f"{key}: {value}" for key, value in record.items()
             if value and key != "unpublished" and not isinstance(value, dict | list)]
    return "\n".join([*lines, withdrawn(record["unpublished"])] if "unpublished" in record else lines)


def text_of(shape: Shape) -> str:
    """Any of the shapes of section 2, by the keys it has."""
    if "attendance" in shape:
        return meeting_text(shape)
    return item_text(shape) if "paragraphs" in shape else record_text(shape)
