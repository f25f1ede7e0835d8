"""Composing a canonical text from pieces, and the spans of blocks and pages in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ingest.notice import Span
from ingest.raw import Attachment, Block, BlockKind, RawDocument

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(slots=True)
class Composer:
    """Pieces in, one text out: blocks stand on lines of their own, set apart by a blank line."""

    parts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    length: int = 0

    def add(
        self, kind: BlockKind, text: str, *, level: int = 0, table: int = 0, header: bool = False, gap: bool = True
    ) -> Span | None:
        """Append one block; nothing happens when it has no words."""
        words = _CONTROL.sub(" ", text).strip()
        if kind is BlockKind.ROW:
            words = words.rstrip(" |")  # empty cells at the end say nothing
        if not words:
            return None
        if self.length:
            self._put("\n\n" if gap else "\n")
        start = self.length
        self._put(words)
        span = Span(start, self.length)
        self.blocks.append(Block(kind, span, level=level, table=table, header=header, gap=gap))
        return span

    def page(self, offset: int | None = None) -> None:
        """A page begins at `offset`, or where the next block will."""
        self.breaks.append(self.length if offset is None else offset)

    def finish(
        self, format_name: str, metadata: Mapping[str, str], attachments: Sequence[Attachment] = ()
    ) -> RawDocument:
        """The document; its text ends in a line break."""
        text = "".join(self.parts) + "\n"
        return RawDocument(
            text, self._pages(len(text)), tuple(self.blocks), dict(metadata), tuple(attachments), format=format_name
        )

    def _put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def _pages(self, length: int) -> tuple[Span, ...]:
        if not self.breaks:
            return ()
        inner = [min(offset, length) for offset in self.breaks[1:]]  # empty last pages begin where the text ends
        starts, ends = [0, *inner], [*inner, length]
        return tuple(Span(min(a, b), b) for a, b in zip(starts, ends, strict=True))
