"""HTML: the main content of a page as headings, paragraphs, list items and table rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree
from lxml import html as lxml_html

from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.raw import BlockKind, RawDocument
from ingest.readers.compose import Composer
from ingest.readers.html_content import BLOCKS, HEADINGS, children_of, main_content, tag_of, text_of
from ingest.readers.html_metadata import page_metadata
from ingest.readers.html_shapes import filled, printed, prints_its_own, whole
from ingest.readers.text import decode

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_BACK = frozenset({"↩", "↩︎", "↵", "⏎", "↑", "^", "back"})
_SUB_BULLET = re.compile(r"^[ \xa0]{2,}o[ \xa0]+(?=\S)")
_BOLD = frozenset({"b", "strong"})
_TERMINAL = re.compile(r"[.!?;,][\"'”’)\]]*$")
_MAX_HEADING = 140


def read_html(content: bytes, path: Path | str, limits: Limits) -> RawDocument:
    """Read a web page.  Raises ReadError when it holds no words."""
    text = _decoded(content, path)
    if len(text) > limits.characters:
        raise ReadError(
            path, f"it has {len(text):,} characters, more than the limit of {limits.characters:,}; split it"
        )
    document = html_document(text, limits)
    if not document.blocks:
        raise ReadError(path, "it holds no words apart from navigation; save the page itself, not its frame")
    return document


def html_document(text: str, limits: Limits) -> RawDocument:
    """The document of a page's source; it has no blocks when it holds no words."""
    parser = lxml_html.HTMLParser(
        huge_tree=False, remove_comments=True, remove_pis=True, no_network=True, encoding="utf-8"
    )
    try:
        tree = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return RawDocument("\n", format="html")
    metadata = page_metadata(tree)
    walker = _Walker(limits.depth)
    walker.walk(main_content(tree), 0, _Place())
    walker.flush()
    return walker.out.finish("html", metadata)


def _decoded(content: bytes, path: Path | str) -> str:
    declared = _CHARSET.search(content[:4096])
    if declared:
        try:
            return content.decode(declared[1].decode("ascii", "replace")).lstrip("\ufeff")
        except (LookupError, ValueError):
            pass
    return decode(content, path, strict=False)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the page's lists the walk is: `depth` 0 is outside."""

    depth: int = 0
    notes: bool = False  # inside the footnotes


@dataclass(slots=True)
class _Walker:
    """Goes through the elements in order and composes the document."""

    limit: int
    out: Composer = field(default_factory=Composer)
    inline: list[str] = field(default_factory=list)
    bold: list[tuple[int, bool]] = field(default_factory=list)
    place: _Place = field(default_factory=_Place)
    prefix: str = ""
    tables: int = 0
    headed: bool = False

    def walk(self, element: lxml_html.HtmlElement, depth: int, place: _Place) -> None:
        tag = tag_of(element)
        if depth > self.limit:
            self._text(" ".join(text_of(element).split()), bold=False)
            return
        if tag == "a" and text_of(element).strip().lower() in _BACK:
            return
        if not place.notes and _holds_notes(element):
            place = _Place(place.depth, notes=True)
        if tag in HEADINGS:
            self.flush()
            self._heading(element, int(tag[1]))
        elif tag in ("ul", "ol"):
            self.flush()
            self._list(element, tag == "ol", depth, place)
        elif tag == "table":
            self.flush()
            self._table(element, depth, place)
        elif tag == "dl":
            self.flush()
            self._definitions(element, depth, place)
        elif tag == "br":
            self._text("\n", bold=False)
        elif tag == "pre":
            self.flush()
            for line in re.split(r"\n\s*\n", text_of(element)):
                self.out.add(BlockKind.PARAGRAPH, line.strip("\n"), level=place.depth)
        elif tag in BLOCKS:
            self.flush()
            self.place = place
            self._inside(element, depth, place)
            self.flush()
        else:
            self._inside(element, depth, place)

    def _inside(self, element: lxml_html.HtmlElement, depth: int, place: _Place) -> None:
        bold = tag_of(element) in _BOLD
        if element.text:
            self._text(element.text, bold=bold or self._in_bold(element))
        for child in children_of(element):
            self.walk(child, depth + 1, place)
            if child.tail:
                self._text(child.tail, bold=self._in_bold(child))

    @staticmethod
    def _in_bold(element: lxml_html.HtmlElement) -> bool:
        return any(tag_of(above) in _BOLD for above in _inline_ancestors(element))

    def _text(self, text: str, *, bold: bool) -> None:
        if text != "\n":
            text = re.sub(r"[ \t\r\n\f\v]+", " ", text)
        self.inline.append(text)
        if text.strip():
            self.bold.append((len(text.strip()), bold))

    def flush(self) -> None:
        """What was gathered becomes a block, one for each line that the page breaks it in."""
        if not self.inline:
            return
        lines = "".join(self.inline).split("\n")
        weight = sum(n for n, _ in self.bold)
        bold = weight > 0 and sum(n for n, heavy in self.bold if heavy) > 0.9 * weight
        self.inline, self.bold = [], []
        gap = True
        for raw in lines:
            line = " ".join(raw.replace("\xa0", " ").split())
            if not line:
                gap = True
                continue
            self._line(line, raw, bold=bold and len(lines) == 1, gap=gap)
            gap = False

    def _line(self, line: str, raw: str, *, bold: bool, gap: bool) -> None:
        place = self.place
        if place.notes:
            number = f"{self.prefix.rstrip('.')} " if self.prefix else ""
            self.out.add(BlockKind.NOTE, f"{number}{line}")
            self.prefix = ""
        elif self.prefix:
            self.out.add(BlockKind.ITEM, f"{self.prefix} {line}", level=place.depth - 1, gap=False)
            self.prefix = ""
        elif _SUB_BULLET.match(raw):
            self.out.add(BlockKind.ITEM, line, level=place.depth + 1, gap=False)
        elif (
            bold
            and place.depth == 0
            and len(line) <= _MAX_HEADING
            and not _TERMINAL.search(line)
            and not re.match(r"\d", line)
        ):
            self.out.add(BlockKind.HEADING, line, level=5)
        else:
            self.out.add(BlockKind.PARAGRAPH, line, level=place.depth, gap=gap)

    # elements with a shape of their own

    def _heading(self, element: lxml_html.HtmlElement, level: int) -> None:
        words = " ".join(text_of(element).split())
        if level == 1 and not self.headed and words:
            self.headed = True
            self.out.add(BlockKind.TITLE, words, level=1)
        else:
            self.out.add(BlockKind.HEADING, words, level=level)

    def _list(self, element: lxml_html.HtmlElement, ordered: bool, depth: int, place: _Place) -> None:
        inner = _Place(place.depth + 1, place.notes)
        step = -1 if "reversed" in element.attrib else 1
        items = sum(tag_of(child) == "li" for child in children_of(element))
        count = whole(element.get("start"), 1 if step > 0 else items)
        for child in children_of(element):
            if tag_of(child) != "li":
                self.walk(child, depth + 1, place)
                continue
            count = whole(child.get("value"), count)
            self.prefix = "" if prints_its_own(element, child) else printed(element, count) if ordered else "•"
            self.place = inner
            self._inside(child, depth + 1, inner)
            self.flush()
            self.prefix = ""
            count += step
        self.place = place

    def _definitions(self, element: lxml_html.HtmlElement, depth: int, place: _Place) -> None:
        """`Term: words` on one line where a term has one short definition, lines close together otherwise."""
        first = True
        term: list[str] = []
        head = ""
        for child, is_term, alone in _entries(element):
            words = " ".join(text_of(child).split())
            if is_term:
                head = words.rstrip(" :")
                if term:
                    self.out.add(BlockKind.PARAGRAPH, term.pop(), gap=True)
                if alone and words:
                    term.append(words)
                    continue
                self.out.add(BlockKind.PARAGRAPH, words, gap=True)
                first = False
                continue
            printed = _without_label(child, _lines(child), head)
            if term and len(printed) > 1:
                self.out.add(BlockKind.PARAGRAPH, term.pop(), gap=True)
                for line in printed:
                    self.out.add(BlockKind.PARAGRAPH, line, gap=False)
                continue
            if term:
                named = term.pop()
                colon = "" if named.endswith(":") else ":"
                self.out.add(BlockKind.PARAGRAPH, f"{named}{colon} {' '.join(printed)}", gap=True)
                continue
            for line in printed:
                self.out.add(BlockKind.PARAGRAPH, line, gap=first)
                first = False
        del depth, place

    def _table(self, element: lxml_html.HtmlElement, depth: int, place: _Place) -> None:
        rows = [row for row in element.iter("tr") if _nearest_table(row) is element]
        cells = [[c for c in children_of(row) if tag_of(c) in ("td", "th")] for row in rows]
        texts = filled(cells)
        wide = max((sum(1 for text in row if text) for row in texts), default=0)
        nested = any(True for row in cells for cell in row for _ in cell.iter("table", "ul", "ol", "h1", "h2", "h3"))
        long = any(len(text) > 1500 for row in texts for text in row)
        if wide < 2 or nested or long:  # a table for layout
            for row in cells:
                for cell in row:
                    self._inside(cell, depth + 2, place)
                    self.flush()
            return
        self.tables += 1
        for caption in element.iter("caption"):
            self.out.add(BlockKind.HEADING, " ".join(text_of(caption).split()), level=6)
        for n, (row, words) in enumerate(zip(cells, texts, strict=True)):
            header = n == 0 and all(tag_of(cell) == "th" for cell in row)
            if any(words):
                self.out.add(BlockKind.ROW, " | ".join(words), table=self.tables, header=header, gap=n == 0)


def _holds_notes(element: lxml_html.HtmlElement) -> bool:
    """Whether an element holds the page's footnotes."""
    return element.get("role") == "doc-endnotes" or "footnotes" in (element.get("class") or "").split()


def _inline_ancestors(element: lxml_html.HtmlElement) -> Iterator[lxml_html.HtmlElement]:
    for above in element.iterancestors():
        if tag_of(above) in BLOCKS:
            return
        yield above


def _entries(element: lxml_html.HtmlElement) -> list[tuple[lxml_html.HtmlElement, bool, bool]]:
    """The terms and definitions of a list, and for a term whether it has just one definition."""
    found = list(element.iter("dt", "dd"))
    out = []
    for n, child in enumerate(found):
        following = [tag_of(other) for other in found[n + 1 : n + 3]]
        alone = following[:1] == ["dd"] and following[1:2] != ["dd"]
        out.append((child, tag_of(child) == "dt", alone))
    return out


def _without_label(element: lxml_html.HtmlElement, lines: list[str], term: str) -> list[str]:
    """The lines of a definition less a label that only says the term again (`Recipient: Recipient Name …`)."""
    labels = {
        " ".join(text_of(child).split())
        for child in element.iter()
        if any(re.search(r"label$", name) for name in (child.get("class") or "").split())
    }
    said = [line for line in labels if term and line.casefold().startswith(term.casefold())]
    return lines[1:] if len(lines) > 1 and lines[0] in said else lines


def _lines(element: lxml_html.HtmlElement) -> list[str]:
    """The text of an element, one string a printed line."""
    parts: list[str] = []
    for piece in element.iter():
        if tag_of(piece) == "br" or (tag_of(piece) in BLOCKS and parts):
            parts.append("\n")
        if piece.text and tag_of(piece) != "br":
            parts.append(re.sub(r"\s+", " ", piece.text))
        if piece is not element and piece.tail:
            parts.append("\n" if tag_of(piece) == "br" and not parts else "")
            parts.append(re.sub(r"\s+", " ", piece.tail))
    return [line for line in (" ".join(line.split()) for line in "".join(parts).split("\n")) if line]


def _nearest_table(row: lxml_html.HtmlElement) -> lxml_html.HtmlElement | None:
    return next((above for above in row.iterancestors("table")), None)
