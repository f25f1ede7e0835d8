"""What a paragraph style of Word means: heading, title, list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from ingest.readers.docx_numbering import W, whole

_HEADING = re.compile(r"heading\s*(\d)", re.IGNORECASE)
_MAX_BASES = 20


@dataclass(frozen=True, slots=True)
class Style:
    """`heading` is 1..9 or 0; `list_id` and `level` name the list that the style counts in."""

    title: bool = False
    heading: int = 0
    bold: bool = False
    list_id: str | None = None
    level: int = 0


def read_styles(root: etree._Element | None) -> Mapping[str, Style]:
    """The paragraph styles by id, each with what it takes from the style that it is based on."""
    if root is None:
        return {}
    raw = {style.get(f"{W}styleId", ""): style for style in root.iterfind(f"{W}style")}
    return {name: _style(raw, name) for name in raw}


def _style(raw: Mapping[str, etree._Element], name: str) -> Style:
    title, heading, bold, list_id, level = False, 0, False, None, -1
    seen: set[str] = set()
    current: str | None = name
    while current is not None and current in raw and current not in seen and len(seen) < _MAX_BASES:
        seen.add(current)
        element = raw[current]
        shown = _value(element, "name") or current
        title = title or shown.lower() == "title"
        found = _HEADING.match(shown)
        if not heading and found:
            heading = int(found[1])
        properties = element.find(f"{W}pPr")
        if properties is not None:
            outline = _value(properties, "outlineLvl")
            if not heading and outline is not None and whole(outline, 9) < 9:
                heading = whole(outline) + 1
            numbered = properties.find(f"{W}numPr")
            if numbered is not None:
                if list_id is None:
                    list_id = _value(numbered, "numId")
                if level < 0 and _value(numbered, "ilvl") is not None:
                    level = whole(_value(numbered, "ilvl"))
        bold = bold or is_on(element.find(f"{W}rPr"), "b")
        current = _value(element, "basedOn")
    return Style(title, heading, bold, list_id, max(level, 0))


def is_on(properties: etree._Element | None, name: str) -> bool:
    """Whether a switch such as bold is on."""
    if properties is None:
        return False
    switch = properties.find(f"{W}{name}")
    return switch is not None and switch.get(f"{W}val", "1") not in ("0", "false", "off")


def _value(element: etree._Element, name: str) -> str | None:
    child = element.find(f"{W}{name}")
    return child.get(f"{W}val") if child is not None else None
