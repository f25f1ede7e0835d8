"""Replies and tables as plain text for a terminal."""

from __future__ import annotations

import shutil
import textwrap
import unicodedata
from collections.abc import Sequence
from datetime import date

from api.anchors import named, place
from api.schemas import AnswerOut, CitationOut


def show_answer(reply: AnswerOut) -> str:
    """The answer, then each citation with its quotation, then questions to try."""
    lines = [_wrap(reply.answer)]
    for citation in reply.citations:
        lines += ["", *_citation(citation, f"[{citation.number}] ")]
    if reply.related:
        lines += ["", "Nearest clauses:"]
        for citation in reply.related:
            lines += _citation(citation, "  ")
    if reply.suggestions:
        lines += ["", "You could ask:", *(f"  {clean(question)}" for question in reply.suggestions)]
    return "\n".join(lines)


def _citation(citation: CitationOut, prefix: str) -> list[str]:
    where = [citation.kind, day(citation.issued_on), place(citation.clause)]
    if citation.page is not None:
        where.append(f"page {citation.page}")
    head = f"{prefix}{clean(named(citation.title, citation.subject))} ({', '.join(where)})"
    indent = " " * 4
    return [_wrap(head, after=indent), _wrap(f"“{clean(citation.quote)}”", indent, indent)]


def day(value: date | None) -> str:
    """`7 June 2021`, or `no date`."""
    return "no date" if value is None else f"{value.day} {value:%B %Y}"


def clean(text: str) -> str:
    """One line, with nothing in it that a terminal would obey."""
    shown = "".join(c if unicodedata.category(c) not in {"Cc", "Cf", "Cs"} or c.isspace() else "" for c in text)
    return " ".join(shown.split())


def table(header: Sequence[str], rows: Sequence[Sequence[str]], *, last: int) -> str:
    """Columns padded to their widest cell; column `last` is cut so that a row fits the terminal."""
    cells = [list(header), *([clean(cell) for cell in row] for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(header))]
    rest = sum(widths) - widths[last] + 2 * (len(widths) - 1)
    widths[last] = max(12, min(widths[last], _width() - rest))
    return "\n".join(
        "  ".join(_fit(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells
    )


def _fit(cell: str, width: int) -> str:
    return (cell if len(cell) <= width else cell[: width - 1] + "…").ljust(width)


def _wrap(text: str, indent: str = "", after: str = "") -> str:
    return textwrap.fill(
        clean(text), _width(), initial_indent=indent or _lead(text), subsequent_indent=after, break_on_hyphens=False
    )


def _lead(text: str) -> str:
    return text[: len(text) - len(text.lstrip(" "))]


def _width() -> int:
    return max(40, min(100, shutil.get_terminal_size((96, 24)).columns))
