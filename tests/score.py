"""How well the readers read: `make score` prints it by kind of input, `--cases` for each case, `--unseen` of the cases
alone that were written without sight of the rules."""

import argparse
from collections.abc import Iterable, Iterator

from cases import Case, every_case, read
from scoring import SAID, Score, score

from archive.errors import MinutebookError

COLUMNS = ("words", "items", "paragraphs P", "R", "kinds", "speakers", "resolutions", *SAID, "attendance", "declared",
           "links right", "wrong", "withheld")  # fmt: skip


def figures(total: Score) -> Iterator[str]:
    """The cells of a line of the table."""
    yield _said(total.words.recall, digits=4)
    yield _said(total.items.f1)
    yield _said(total.paragraphs.precision)
    yield _said(total.paragraphs.recall)
    yield from (_said(share.recall) for share in (total.kinds, total.speakers))
    yield _said(total.resolutions.f1)
    yield from (_said(total.said[key].recall) for key in SAID)
    yield from (_said(share.f1) for share in (total.attendance, total.noted))
    yield from map(str, (total.links.right, total.links.wrong, total.links.withheld))


def _said(share: float | None, digits: int = 3) -> str:
    return "–" if share is None else f"{share:.{digits}f}"


def scored(case: Case) -> Score:
    """The score of `case`; one that cannot be read scores nothing."""
    try:
        found = read(case)
    except MinutebookError:
        found = []
    return score(case.expected, found)


def line(name: str, scores: Iterable[Score]) -> str:
    """One line of the table: the cases of `scores` together."""
    return f"| {name} | {' | '.join(figures(sum(scores, Score())))} |"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--cases", action="store_true", help="a line for each case that is not perfect")
    arguments.add_argument("--unseen", action="store_true", help="only cases written without sight of the rules")
    options = arguments.parse_args()
    chosen = [case for case in every_case() if case.is_unseen or not options.unseen]
    present = [case for case in chosen if case.input.exists()]
    scores = {case: scored(case) for case in present}
    print(f"{len(present)} cases read; {len(chosen) - len(present)} skipped, whose real files are not here\n")
    print(f"| input | {' | '.join(COLUMNS)} |\n|---{'|---' * len(COLUMNS)}|")
    for kind in dict.fromkeys(case.kind for case in present):
        of_kind = [scores[case] for case in present if case.kind == kind]
        print(line(f"{kind} ({len(of_kind)})", of_kind))
    print(line(f"all ({len(present)})", scores.values()))
    if options.cases:
        print()
        for case in present:
            print(line(case.name, [scores[case]]))


if __name__ == "__main__":
    main()
