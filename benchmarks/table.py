"""The lines of the benchmarks' tables."""

from dataclasses import dataclass

HEAD = "| what | ours | peer | ratio |\n|---|---|---|---|"


@dataclass(frozen=True)
class Row:
    """One line of a table; the ratio is ours to theirs."""

    what: str
    ours: float
    unit: str
    peer: str = ""
    theirs: float | None = None

    def __str__(self) -> str:
        peer = f"{self.peer} {_said(self.theirs)}" if self.theirs is not None else ""
        ratio = f"{self.ours / self.theirs:.2f}" if self.theirs else ""
        return f"| {self.what} | {_said(self.ours)} {self.unit} | {peer} | {ratio} |"


def _said(number: float) -> str:
    if number == int(number):
        return f"{number:,.0f}"
    return f"{number:,.2f}" if number < 10 else f"{number:,.1f}"
