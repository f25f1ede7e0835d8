"""Word (.docx): paragraphs with the numbers that Word generates, headings, tables, footnotes and pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from lxml import etree

from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.raw import BlockKind, RawDocument
from ingest.readers.archive import Archive
from ingest.readers.compose import Composer
from ingest.readers.docx_numbering import Numbering, W, read_numbering, whole
from ingest.readers.docx_styles import Style, is_on, read_styles, spacing_of

_SKIPPED = frozenset({f"{W}del", f"{W}instrText", f"{W}moveFrom", f"{W}delText"})
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT_BOX = f"{W}txbxContent"
_CORE = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "author": "{http://purl.org/dc/elements/1.1/}creator",
    "created": "{http://purl.org/dc/terms/}created",
}
_NO_TITLE = re.compile(r"microsoft word|untitled|template|^document\d*$|\.docx?$", re.IGNORECASE)
_SENTENCE = re.compile(r"[.;,]$")
_LONG_HEADING = 140
_LONG_CELL = 1_500
_NOTE_DEPTH = 50


def read_docx(content: bytes, path: Path | str, limits: Limits) -> RawDocument:
    """Read a Word document.  Raises ReadError when it is damaged, encrypted, too large or empty."""
    archive = Archive(content, path, limits)
    body = archive.xml("word/document.xml")
    root = body.find(f"{W}body") if body is not None else None
    if root is None:
        raise ReadError(path, "it is a Word document without a text; open it in Word and save it again")
    reader = _Reader(
        read_styles(archive.xml("word/styles.xml")),
        read_numbering(archive.xml("word/numbering.xml")),
        _notes(archive.xml("word/footnotes.xml"), "footnote") | _notes(archive.xml("word/endnotes.xml"), "endnote"),
        limits.depth,
    )
    reader.blocks(root, 0)
    if not reader.out.blocks:
        raise ReadError(path, "it holds no text; if it is a picture of a page, recognise it first")
    if reader.paged:
        reader.out.breaks.insert(0, 0)
    return reader.out.finish("docx", _metadata(archive))


def _metadata(archive: Archive) -> dict[str, str]:
    core = archive.xml("docProps/core.xml")
    found = {}
    for name, tag in _CORE.items():
        element = core.find(tag) if core is not None else None
        words = " ".join((element.text or "").split()) if element is not None else ""
        if words and not (name == "title" and _NO_TITLE.search(words)):
            found[name] = words[:10] if name == "created" else words
    return found


def _notes(root: etree._Element | None, kind: str) -> dict[tuple[str, str], str]:
    """The words of footnotes or endnotes, by the name and id of what refers to them."""
    if root is None:
        return {}
    found = {}
    for note in root.iterfind(f"{W}{kind}"):
        if note.get(f"{W}type") in (None, "normal"):
            words = _Words()
            for paragraph in note.iter(f"{W}p"):
                _gather(paragraph, words, False, 0, _NOTE_DEPTH)
                words.parts.append(" ")
            found[f"{W}{kind}Reference", note.get(f"{W}id", "")] = " ".join(words.text.split())
    return found


@dataclass(slots=True)
class _Words:
    """The words of one paragraph: `breaks` are the offsets where a page begins."""

    parts: list[str] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    bold: int = 0
    letters: int = 0

    @property
    def text(self) -> str:
        return "".join(self.parts)


@dataclass(slots=True)
class _Reader:
    styles: Mapping[str, Style]
    numbering: Numbering
    notes: Mapping[tuple[str, str], str]
    limit: int
    out: Composer = field(default_factory=Composer)
    tables: int = 0
    noted: int = 0
    paged: bool = False
    space: int = 1  # white space after the last paragraph

    def blocks(self, parent: etree._Element, depth: int) -> None:
        """Paragraphs and tables of a body, cell or text box, in order."""
        if depth > self.limit:
            return
        for child in parent:
            if child.tag == f"{W}p":
                self._paragraph(child, depth)
            elif child.tag == f"{W}tbl":
                self._table(child, depth)
            elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"):
                self.blocks(child, depth + 1)

    def _paragraph(self, paragraph: etree._Element, depth: int) -> None:
        style, marker, level = self._shape(paragraph)
        before, after = spacing_of(paragraph.find(f"{W}pPr"), (style.before, style.after))
        words = _Words()
        _gather(paragraph, words, style.bold, 0, self.limit)
        text = words.text
        lines = [line for line in text.split("\n") if line.strip()]
        flat = " ".join(text.split())
        kind, rank = self._kind(style, flat, words, marker)
        gap = before + self.space > 0
        self.space = after if flat else 1
        for n, line in enumerate(lines):
            shown = " ".join(line.split())
            if n == 0 and marker:
                shown = f"{marker} {shown}"
            numbered = bool(marker) and kind is BlockKind.PARAGRAPH
            close = bool(self.out.blocks) and numbered and self.out.blocks[-1].kind is BlockKind.ITEM
            self.out.add(
                BlockKind.ITEM if numbered and n == 0 else kind,
                shown,
                level=rank or (level if n == 0 else level + 1 if marker else level),
                gap=gap and not close,
            )
            gap = False
        if words.breaks:
            self._turn(words, lines)
        for note in words.notes:
            if self.notes.get(note):
                self.noted += 1
                self.out.add(BlockKind.NOTE, f"{self.noted} {self.notes[note]}")
        for box in words.boxes:
            self.blocks(box, depth + 1)

    def _turn(self, words: _Words, lines: list[str]) -> None:
        """Mark the pages that begin in the paragraph just added, as near as its white space lets tell."""
        self.paged = True
        block = self.out.blocks[-1] if self.out.blocks and lines else None
        for place in words.breaks:
            before = len(" ".join(words.text[:place].split()))
            if block is None or before == 0:
                self.out.page(block.span.start if block else self.out.length)
            else:
                self.out.page(min(block.span.end, block.span.start + before))

    def _shape(self, paragraph: etree._Element) -> tuple[Style, str, int]:
        """The paragraph's style, the marker that its list prints, and its level in the list."""
        properties = paragraph.find(f"{W}pPr")
        style = self.styles.get("", Style(after=1))
        if properties is None:
            return style, "", 0
        named = properties.find(f"{W}pStyle")
        name = named.get(f"{W}val", "") if named is not None else ""
        style = self.styles.get(name, style)
        list_id, level = style.list_id, style.level
        linked = self.numbering.level_of(list_id or "", name)
        level = level if linked is None else linked
        numbered = properties.find(f"{W}numPr")
        if numbered is not None:
            own = numbered.find(f"{W}numId")
            if own is not None:
                list_id = own.get(f"{W}val")
                linked = self.numbering.level_of(list_id or "", name)
                level = 0 if linked is None else linked
            depth = numbered.find(f"{W}ilvl")
            if depth is not None:
                level = whole(depth.get(f"{W}val"))
        outline = properties.find(f"{W}outlineLvl")
        if outline is not None and not style.heading and whole(outline.get(f"{W}val"), 9) < 9:
            style = replace(style, heading=whole(outline.get(f"{W}val")) + 1)
        if not list_id or list_id == "0" or not _has_words(paragraph):
            return style, "", 0
        return style, self.numbering.next(list_id, level), level

    def _kind(self, style: Style, flat: str, words: _Words, marker: str) -> tuple[BlockKind, int]:
        if style.contents:
            return BlockKind.CONTENTS, 0
        if style.title and len(flat) <= 300:
            return BlockKind.TITLE, 1
        brief = len(flat) <= _LONG_HEADING and not _SENTENCE.search(flat)
        if style.heading and brief:
            return BlockKind.HEADING, style.heading
        all_bold = words.letters > 0 and words.bold > 0.95 * words.letters
        if (
            all_bold
            and brief
            and not marker
            and "\n" not in words.text.strip()
            and not re.match(r"\(?\w{1,3}[.)]\s", flat)
        ):
            return BlockKind.HEADING, 7
        return BlockKind.PARAGRAPH, 0

    def _table(self, table: etree._Element, depth: int) -> None:
        rows = [list(_inner(row, f"{W}tc")) for row in _inner(table, f"{W}tr")]
        texts = [[self._cell(cell) for cell in row] for row in rows]
        wide = max((sum(1 for text in row if text) for row in texts), default=0)
        longest = max((len(text) for row in texts for text in row), default=0)
        letter = len(rows) == 1 and any(len(cell.findall(f"{W}p")) > 2 for cell in rows[0])
        if wide < 2 or longest > _LONG_CELL or letter:
            for row in rows:
                for cell in row:
                    self.blocks(cell, depth + 1)
            return
        self.tables += 1
        for n, words in enumerate(texts):
            if any(words):
                self.out.add(BlockKind.ROW, " | ".join(words), table=self.tables, header=n == 0, gap=n == 0)

    def _cell(self, cell: etree._Element) -> str:
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        if merged is not None and merged.get(f"{W}val") != "restart":
            return ""
        parts = []
        for paragraph in cell.iter(f"{W}p"):
            _, marker, _ = self._shape(paragraph)
            words = _Words()
            _gather(paragraph, words, False, 0, self.limit)
            flat = " ".join(words.text.split())
            parts.append(f"{marker} {flat}".strip() if flat else "")
        return " ".join(part for part in parts if part)


def _inner(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, also those inside a content control."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            yield from _inner(child, tag)


def _has_words(paragraph: etree._Element) -> bool:
    return any((t.text or "").strip() for t in paragraph.iter(f"{W}t"))


def _children(element: etree._Element) -> Iterator[etree._Element]:
    return (child for child in element if isinstance(child.tag, str) and child.tag not in _SKIPPED)


def _gather(element: etree._Element, words: _Words, bold: bool, depth: int, limit: int) -> None:
    """Add the words of an element: what was deleted stays out, what was inserted comes in."""
    if depth > limit:
        return
    for child in _children(element):
        tag = child.tag
        if tag == f"{W}r":
            if is_on(child.find(f"{W}rPr"), "vanish"):
                continue
            _gather(child, words, bold or is_on(child.find(f"{W}rPr"), "b"), depth + 1, limit)
        elif tag == f"{W}t":
            text = child.text or ""
            words.parts.append(text)
            words.letters += len(text.strip())
            words.bold += len(text.strip()) if bold else 0
        elif tag in (f"{W}tab", f"{W}ptab"):
            words.parts.append(" ")
        elif tag in (f"{W}br", f"{W}cr"):
            if child.get(f"{W}type") == "page":
                words.breaks.append(sum(map(len, words.parts)))
            else:
                words.parts.append("\n")
        elif tag == f"{W}lastRenderedPageBreak":
            words.breaks.append(sum(map(len, words.parts)))
        elif tag == f"{W}noBreakHyphen":
            words.parts.append("-")
        elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            words.notes.append((tag, child.get(f"{W}id", "")))
        elif tag == _TEXT_BOX:
            words.boxes.append(child)
        elif tag not in (f"{W}pPr", f"{W}rPr", _FALLBACK):
            _gather(child, words, bold, depth + 1, limit)
