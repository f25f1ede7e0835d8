"""Small files of every format, made in the tests themselves."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True)
class Words:
    """Words at a place of a page, in points from its upper left corner."""

    x: float
    y: float
    text: str
    size: float = 11
    bold: bool = False


def column(lines: Iterable[str], *, x: float = 72, y: float = 120, size: float = 11, step: float = 13) -> list[Words]:
    """Lines one below the other; an empty line leaves a gap."""
    return [Words(x, y + n * step, line, size) for n, line in enumerate(lines) if line]


def make_pdf(
    pages: Sequence[Sequence[Words]],
    *,
    rules: Sequence[tuple[float, float, float, float]] = (),
    dots: Sequence[tuple[float, float, float]] = (),
) -> bytes:
    """A PDF with these words; on every page are drawn `rules`, as (x0, y0, x1, y1) from the upper left,
    and `dots`, filled squares as (x, y, width) of their upper left corners."""
    height = 842
    objects: list[bytes] = []

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    catalog, tree = add(b""), add(b"")
    plain = add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    bold = add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>")
    kids = []
    for words in pages:
        drawn = [f"{x0} {height - y0} m {x1} {height - y1} l S" for x0, y0, x1, y1 in rules]
        drawn += [f"{x} {height - y - side} {side} {side} re f" for x, y, side in dots]
        for word in words:
            text = word.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
            font = "F2" if word.bold else "F1"
            drawn.append(f"BT /{font} {word.size} Tf {word.x} {height - word.y} Td ({text}) Tj ET")
        stream = "\n".join(drawn).encode("cp1252")
        content = add(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        kids.append(
            add(
                b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
                b"/Resources << /Font << /F1 %d 0 R /F2 %d 0 R >> >> >>" % (tree, content, plain, bold)
            )
        )
    objects[catalog - 1] = b"<< /Type /Catalog /Pages %d 0 R >>" % tree
    references = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[tree - 1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), references)
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    out.write(b"trailer << /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, catalog, start))
    return out.getvalue()


def make_docx(body: str, *, parts: dict[str, str] | None = None) -> bytes:
    """A Word file with this XML in its body, and other parts by name."""
    document = f'<?xml version="1.0"?><w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        named = {"[Content_Types].xml": "<Types/>", "word/document.xml": document, **(parts or {})}
        for name, text in named.items():
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)  # without the time of day
    return out.getvalue()


def word_paragraph(text: str, *, style: str = "", number: tuple[int, int] | None = None, bold: bool = False) -> str:
    """A paragraph of a Word file; `number` is its list and the level in it."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number:
        properties += f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>'
    weight = "<w:rPr><w:b/></w:rPr>" if bold else ""
    runs = "<w:br/>".join(f"<w:t>{line}</w:t>" for line in text.split("\n"))
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r>{weight}{runs}</w:r></w:p>"


def word_numbering(levels: Sequence[tuple[str, str]]) -> str:
    """`numbering.xml` with list 1, whose levels count in these styles and patterns."""
    shapes = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
        for n, (style, pattern) in enumerate(levels)
    )
    return (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">{shapes}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>'
    )


def word_table(rows: Sequence[Sequence[str]]) -> str:
    """A table of a Word file."""
    cells = ("".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"
