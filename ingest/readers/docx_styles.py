"""What a paragraph style of Word means: heading, title, list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from ingest.readers.docx_numbering import W, whole

_HEADING = re.compile(r"heading\s*(\d)", re.IGNORECASE)
_CONTENTS = re.compile(r"toc\s*\d|table of (?:figures|authorities)", re.IGNORECASE)
_MAX_BASES = 20


@dataclass(frozen=True, slots=True)
class Style:
    """`heading` is 1..9 or 0; `list_id` and `level` name the list that the style counts in.

    `before` and `after` are the white space around a paragraph, in twentieths of a point.
    """

    title: bool = False
    heading: int = 0
    bold: bool = False
    list_id: str | None = None
    level: int = 0
    before: int = 0
    after: int = 0
    contents: bool = False  # a line of a table of contents


def read_styles(root: etree._Element | None) -> Mapping[str, Style]:
    """The paragraph styles by id, each with what it takes from the style that it is based on."""
    if root is None:
        return {}
    raw = {style.get(f"{W}styleId", ""): style for style in root.iterfind(f"{W}style")}
    default = root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr")
    plain = next((name for name, style in raw.items() if style.get(f"{W}default") in ("1", "true")), None)
    before, after = spacing_of(default, (0, 0))
    if plain is not None:
        before, after = spacing_of(raw[plain].find(f"{W}pPr"), (before, after))
    found = {name: _style(raw, name, (before, after)) for name in raw}
    return {**found, "": Style(before=before, after=after)}


def spacing_of(properties: etree._Element | None, otherwise: tuple[int, int]) -> tuple[int, int]:
    """White space before and after a paragraph, as its properties say."""
    spacing = properties.find(f"{W}spacing") if properties is not None else None
    if spacing is None:
        return otherwise
    before, after = otherwise
    return whole(spacing.get(f"{W}before"), before), whole(spacing.get(f"{W}after"), after)


def _style(raw: Mapping[str, etree._Element], name: str, spacing: tuple[int, int]) -> Style:
    chain: list[etree._Element] = []
    title, heading, bold, list_id, level = False, 0, False, None, -1
    seen: set[str] = set()
    current: str | None = name
    while current is not None and current in raw and current not in seen and len(seen) < _MAX_BASES:
        seen.add(current)
        element = raw[current]
        chain.append(element)
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
    for element in reversed(chain):
        spacing = spacing_of(element.find(f"{W}pPr"), spacing)
    contents = any(_CONTENTS.match(_value(element, "name") or "") for element in chain)
    return Style(title, heading, bold, list_id, max(level, 0), *spacing, contents=contents)


def is_on(properties: etree._Element | None, name: str) -> bool:
    """Whether a switch such as bold is on."""
    if properties is None:
        return False
    switch = properties.find(f"{W}{name}")
    return switch is not None and switch.get(f"{W}val", "1") not in ("0", "false", "off")


def _value(element: etree._Element, name: str) -> str | None:
    child = element.find(f"{W}{name}")
    return child.get(f"{W}val") if child is not None else None
