"""Commands that look: `parse`, `search`, `show`, `export`."""

import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any

import click

from archive.errors import InputError
from archive.export import FORMATS
from archive.model import Document
from archive.shapes import as_json
from crawler.files import Contents, Given, read_file
from index.query import Sort
from index.search import MOST_PER_PAGE, SearchRequest
from web import terminal
from web.arguments import Address
from web.desk import Desk
from web.history import history
from web.importing import read_bytes
from web.indexing import open_search, topics_of
from web.shape import check_anchor, head, shape_of, shape_of_version, withdrawn

_ORDERS = [each.value for each in Sort]
_EXCLUDED = re.compile(r"-(?!-|h?\Z)")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--url", type=Address(), help="The address that the file was saved from.")
def parse(file: Path, url: str | None) -> None:
    """Print what FILE holds as normalised JSON; nothing is stored."""
    contents = read_file(read_bytes(file), file.name, Given(url=url))
    meetings = [as_json(meeting) for meeting in contents.meetings]
    if contents.alone:
        [meeting] = contents.meetings
        answer = as_json(meeting.items[0]) | {"meeting": head(meeting)}
    elif meetings:
        answer = meetings[0] if len(meetings) == 1 else meetings
    else:
        answer = as_json(contents.report or contents.members or contents.committees)
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
    if any(document.needs_ocr for document in _documents(contents)):
        click.echo(f"{file.name}: pages of it are pictures and were not read: needs OCR (docs/operating.md)", err=True)


def _documents(contents: Contents) -> Iterator[Document]:
    """The documents that are the file itself: a scan of minutes, a report."""
    for meeting in contents.meetings:
        yield from meeting.documents
    if contents.report:
        yield contents.report


class _Worded(click.Command):
    """A command whose arguments may begin with one hyphen, as in `bypass -road`; -h alone asks for help."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As Click does, to whom what begins with a blank is no option; `--anything` is one still."""
        return super().parse_args(ctx, [f" {each}" if _EXCLUDED.match(each) else each for each in args])


@click.command(cls=_Worded)
@click.argument("query", nargs=-1)
@click.option("--council", multiple=True, metavar="ID", help="Only this council; may be repeated, as all filters.")
@click.option("--committee", multiple=True, metavar="NAME", help="Only committees of this name or identifier.")
@click.option("--member", multiple=True, metavar="NAME", help="Only items that name this member.")
@click.option("--topic", multiple=True, help="Only this topic, such as housing.")
@click.option("--kind", multiple=True, help="Only words in texts of this kind, such as resolution.")
@click.option("--action", multiple=True, help="Only items with a decision of this kind, such as refused.")
@click.option("--from", "since", default="", metavar="DATE", help="Only meetings from this day, month or year on.")
@click.option("--to", "until", default="", metavar="DATE", help="Only meetings up to this day, month or year.")
@click.option("--sort", type=click.Choice(_ORDERS), default="relevance", show_default=True, help="The order.")
@click.option("--page", type=click.IntRange(min=1), default=1, show_default=True, help="Which page of results.")
@click.option("--per-page", type=click.IntRange(1, MOST_PER_PAGE), default=10, show_default=True,
              help="Results a page.")
@click.option("--no-synonyms", is_flag=True, help="Only the words as typed: no acronyms or other words for them.")
@click.pass_obj
def search(desk: Desk, /, query: Sequence[str], sort: str, *, no_synonyms: bool, **options: Any) -> None:
    """Find agenda items; QUERY is words, "phrases", OR, NOT or -word, member:, from: and so on."""
    typed = " ".join(map(str.strip, query))
    text = typed.encode("utf-8", "replace").decode()    # a shell may pass bytes that are no text
    result = open_search(desk)(SearchRequest(text, sort=Sort(sort), synonyms=not no_synonyms, **options))
    gone = withdrawn(desk.store, [hit.item for hit in (*result.hits, *(result.nearly.hits if result.nearly else ()))])
    desk.give(result.as_json(), terminal.search_text(result.as_json(), gone))


@click.command()
@click.argument("identifier", metavar="ID")
@click.option("--versions", is_flag=True, help="How a meeting or an item changed: every version, when it was seen.")
@click.option("--version", "number", type=click.IntRange(min=1), metavar="N", help="As it was in that version.")
@click.pass_obj
def show(desk: Desk, identifier: str, versions: bool, number: int | None) -> None:
    """Show one meeting, item, member, committee or document, such as westsussex/items/17213."""
    if versions:
        told = history(desk.store, identifier.split("#", 1)[0].strip("/"))
        desk.give(told, terminal.history_text(told))
        return
    shape = (shape_of(desk.store, identifier, topics_of(desk.home)) if number is None else
             shape_of_version(desk.store, identifier, number))
    if "paragraphs" in shape and (anchor := identifier.partition("#")[2]):
        check_anchor(shape, anchor)
    desk.as_json = desk.as_json or not sys.stdout.isatty()
    desk.give(shape, terminal.text_of(shape))


@click.command()
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="jsonl", show_default=True,
              help="jsonl: one meeting a line.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A file to write; else standard output.")
@click.pass_obj
def export(desk: Desk, form: str, out: Path | None) -> None:
    """Write everything that is held, for reuse; with --json as one JSON list."""
    lines = FORMATS[form](desk.store.each_meeting())
    with ExitStack() as stack:
        target = stack.enter_context(_opened(out)) if out else sys.stdout
        try:
            target.writelines(_one_value(lines) if desk.as_json else lines)
            target.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise InputError(f"{out or 'standard output'}: cannot be written: {error.strerror}") from error


def _one_value(lines: Iterable[str]) -> Iterator[str]:
    """Lines of JSON as one JSON list, still one a line."""
    before = "[\n"
    for line in lines:
        yield before + line.rstrip("\n")
        before = ",\n"
    yield "\n]\n" if before == ",\n" else "[]\n"


def _opened(path: Path) -> IO[str]:
    try:
        return path.open("w", encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}; choose another --out") from error


COMMANDS = (parse, search, show, export)
