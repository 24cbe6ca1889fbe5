"""A small real PDF with a text layer: one font, numbered pages, no compression. For reports and printed minutes."""

import textwrap
from collections.abc import Iterable

_WIDTH, _LINES, _LEADING = 88, 52, 14


def text_pdf(title: str, paragraphs: Iterable[str]) -> bytes:
    """A PDF of A4 pages with `title` and `paragraphs`; characters that Latin-1 lacks become "?"."""
    lines = _laid_out(title, paragraphs)
    pages = [lines[at : at + _LINES] for at in range(0, len(lines), _LINES)]
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in enumerate(pages, 1):
        content = _content(page, number)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            b"/Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>"
            % (len(objects) + 2)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    return _file(objects)


def _laid_out(title: str, paragraphs: Iterable[str]) -> list[str]:
    lines = [title, ""]
    for paragraph in paragraphs:
        lines += [*textwrap.wrap(paragraph, _WIDTH), ""]
    return lines


def _content(lines: list[str], number: int) -> bytes:
    shown = [b"BT /F1 11 Tf %d TL 56 786 Td" % _LEADING]
    shown += [b"(%s) Tj T*" % _escaped(line) for line in lines]
    shown.append(b"ET BT /F1 9 Tf 290 30 Td (%d) Tj ET" % number)
    return b"\n".join(shown)


def _escaped(text: str) -> bytes:
    return text.encode("cp1252", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _file(objects: list[bytes]) -> bytes:
    made = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    made += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(made)
