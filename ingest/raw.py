"""What a reader hands over: one text, its pages, and what it knows of the layout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ingest.notice import Span


class BlockKind(StrEnum):
    """What a piece of a page is."""

    TITLE = "title"  # the name of the whole document
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"  # a list item; its printed marker, if any, begins the block's text
    ROW = "row"  # one row of a table, cells parted by " | "
    NOTE = "note"  # a footnote
    CONTENTS = "contents"  # a line of a table of contents: no clause


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a page, as the format itself tells it.

    span   in the canonical text; blocks are in order and disjoint
    level  of a heading: 1 is the highest; of an item: 0 is the outermost list
    table  running number of the table that a row belongs to, from 1
    header whether the row heads its table
    gap    whether white space sets it off from the block before
    """

    kind: BlockKind
    span: Span
    level: int = 0
    table: int = 0
    header: bool = False
    gap: bool = True


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside another (an e-mail's attachment): a document of its own."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A file as read.

    text         canonical text (for txt and md the decoded file itself, newlines normalised)
    pages        span of each page in order; empty when the format has none
    blocks       layout that the format tells; empty when it must be guessed from the text
    metadata     what the format says of the document (`title`, `from`, `to`, `date`, `subject` …)
    attachments  files inside this one
    notes        what of the file was not read, and why: `page 3 is an image and was not read: …`
    """

    text: str
    pages: tuple[Span, ...] = ()
    blocks: tuple[Block, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
    notes: tuple[str, ...] = ()
    format: str = "text"
