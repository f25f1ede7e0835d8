"""Lists as a browser numbers them, and tables with every cell in its place."""

from __future__ import annotations

import re

from lxml import html as lxml_html

from ingest.readers.docx_numbering import counted
from ingest.readers.html_content import text_of

_STYLE = re.compile(r"(?:^|[^\w])(?:list-style(?:-type)?\s*:\s*)?(upper|lower)?-?(alpha|latin|roman)\b", re.IGNORECASE)
_NO_MARKER = re.compile(r"list-style(?:-type)?\s*:\s*none", re.IGNORECASE)
_OWN_MARKER = re.compile(r"(?:\d{1,3}(?:\.\d{1,3}){0,3}[.)]|\d{1,3}(?:\.\d{1,3}){1,3}(?=\s+[A-Z])|\([a-z]{1,4}\))\s+\S")
_WAYS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


def printed(element: lxml_html.HtmlElement, count: int) -> str:
    """The marker that a browser shows for the item of this number in an ordered list."""
    return f"{counted(count, _WAYS.get(_style_of(element), 'decimal'))}."


def prints_its_own(element: lxml_html.HtmlElement, item: lxml_html.HtmlElement) -> bool:
    """Whether the item's words begin with its number, which the list then does not show a second time."""
    bare = element.tag == "ul" or _NO_MARKER.search(element.get("style") or "") is not None
    return bare and _OWN_MARKER.match(text_of(item).lstrip()) is not None


def filled(cells: list[list[lxml_html.HtmlElement]]) -> list[list[str]]:
    """The words of each row's cells; a cell that spans rows is in each of them."""
    out: list[list[str]] = []
    spanning: dict[int, tuple[int, str]] = {}  # column: rows still to come, words
    for row in cells:
        words: list[str] = []
        rest = list(row)
        while rest or len(words) in spanning:
            if len(words) in spanning:
                left, text = spanning.pop(len(words))
                if left > 1:
                    spanning[len(words)] = (left - 1, text)
            else:
                cell = rest.pop(0)
                text = " ".join(text_of(cell).split())
                rows = min(whole(cell.get("rowspan"), 1), len(cells))
                if rows > 1:
                    spanning[len(words)] = (rows - 1, text)
            words.append(text)
        out.append(words)
    return out


def whole(value: str | None, default: int) -> int:
    """A whole number of an attribute."""
    try:
        return int(value) if value else default
    except ValueError:
        return default


def _style_of(element: lxml_html.HtmlElement) -> str:
    """How an ordered list counts: `1`, `a`, `A`, `i` or `I`, by its type, style or class."""
    if element.get("type"):
        return str(element.get("type"))
    for said in (element.get("style") or "", element.get("class") or ""):
        found = _STYLE.search(said)
        if found is not None:
            letter = "i" if found[2].lower() == "roman" else "a"
            return letter.upper() if (found[1] or "").lower() == "upper" else letter
    return "1"
