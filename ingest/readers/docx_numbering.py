"""The numbers that Word generates and does not write into the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BULLET = "•"
_ROMANS = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_SMALL_ROMANS = ((9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MAX_LEVEL = 8


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts: `pattern` is Word's, such as `%1.%2` or `(%3)`.

    paragraphs  id of the paragraph style that counts on this level
    legal       the levels above are printed in figures, however they count themselves
    restarts    begins anew after a paragraph of a level above
    """

    start: int = 1
    style: str = "decimal"
    pattern: str = ""
    paragraphs: str = ""
    legal: bool = False
    restarts: bool = True


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted."""

    levels: Mapping[str, Mapping[int, Level]]  # abstract list -> level -> how it counts
    lists: Mapping[str, str]  # list -> abstract list
    restarts: Mapping[tuple[str, int], int]
    counts: dict[tuple[str, int], int] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def next(self, list_id: str, level: int) -> str:
        """The marker printed before the next paragraph of a list at a level; empty when nothing is printed."""
        abstract = self.lists.get(list_id)
        level = min(max(level, 0), _MAX_LEVEL)
        if abstract is None:
            return ""
        shape = self.levels.get(abstract, {}).get(level, Level())
        key = (abstract, level)
        restart = self.restarts.get((list_id, level))
        if restart is not None and (list_id, level) not in self.begun:
            self.begun.add((list_id, level))
            self.counts[key] = restart
        else:
            self.counts[key] = self.counts[key] + 1 if key in self.counts else shape.start
        for deeper in range(level + 1, _MAX_LEVEL + 1):
            if self.levels.get(abstract, {}).get(deeper, Level()).restarts:
                self.counts.pop((abstract, deeper), None)
        if shape.style == "bullet":
            return _BULLET
        if shape.style == "none":
            return ""
        printed = shape.pattern
        for n in range(level + 1):
            other = self.levels.get(abstract, {}).get(n, Level())
            value = self.counts.setdefault((abstract, n), other.start)
            style = "decimal" if shape.legal and n < level else other.style
            printed = printed.replace(f"%{n + 1}", counted(value, style))
        return printed.strip()

    def level_of(self, list_id: str, style: str) -> int | None:
        """The level on which paragraphs of a style count in a list, where the list itself says so."""
        levels = self.levels.get(self.lists.get(list_id, ""), {})
        return next((n for n, level in levels.items() if style and level.paragraphs == style), None)


def read_numbering(root: etree._Element | None) -> Numbering:
    """The lists that `numbering.xml` defines."""
    if root is None:
        return Numbering({}, {}, {})
    levels: dict[str, dict[int, Level]] = {}
    styled: dict[str, str] = {}  # list style -> the abstract list that defines it
    borrowed: dict[str, str] = {}  # abstract list -> the list style that it follows
    for abstract in root.iterfind(f"{W}abstractNum"):
        name = abstract.get(f"{W}abstractNumId", "")
        levels[name] = {whole(level.get(f"{W}ilvl")): _level(level) for level in abstract.iterfind(f"{W}lvl")}
        defines, follows = abstract.find(f"{W}styleLink"), abstract.find(f"{W}numStyleLink")
        if defines is not None:
            styled[defines.get(f"{W}val", "")] = name
        if follows is not None:
            borrowed[name] = follows.get(f"{W}val", "")
    for name, style in borrowed.items():
        levels[name] = levels[name] or levels.get(styled.get(style, ""), {})
    lists: dict[str, str] = {}
    restarts: dict[tuple[str, int], int] = {}
    for number in root.iterfind(f"{W}num"):
        list_id = number.get(f"{W}numId", "")
        reference = number.find(f"{W}abstractNumId")
        lists[list_id] = reference.get(f"{W}val", "") if reference is not None else ""
        for override in number.iterfind(f"{W}lvlOverride"):
            level = whole(override.get(f"{W}ilvl"))
            start = override.find(f"{W}startOverride")
            if start is not None:
                restarts[(list_id, level)] = whole(start.get(f"{W}val"), 1)
            own = override.find(f"{W}lvl")
            if own is not None:  # this list counts in its own way: give it an abstract list of its own
                base = dict(levels.get(lists[list_id], {}))
                base[level] = _level(own)
                levels[f"own {list_id}"] = base
                lists[list_id] = f"own {list_id}"
    return Numbering(levels, lists, restarts)


def _level(level: etree._Element) -> Level:
    def value(name: str, default: str) -> str:
        child = level.find(f"{W}{name}")
        return child.get(f"{W}val", default) if child is not None else default

    return Level(
        whole(value("start", "1"), 1),
        value("numFmt", "decimal"),
        value("lvlText", ""),
        value("pStyle", ""),
        level.find(f"{W}isLgl") is not None and value("isLgl", "1") not in ("0", "false", "off"),
        value("lvlRestart", "") != "0",
    )


_LAST_LETTERS = 780  # thirty times z; a file that counts on in letters is out to fill memory


def counted(value: int, style: str) -> str:
    """A number in Word's way of counting."""
    if style in ("lowerLetter", "upperLetter") and 0 < value <= _LAST_LETTERS:
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter if style == "lowerLetter" else letter.upper()
    if style in ("lowerRoman", "upperRoman") and 0 < value < 4000:
        rest, out = value, ""
        for worth, letters in (*_ROMANS, *_SMALL_ROMANS):
            while rest >= worth:
                out, rest = out + letters, rest - worth
        return out if style == "lowerRoman" else out.upper()
    if style == "ordinal":
        ending = "th" if 10 < value % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
        return f"{value}{ending}"
    return f"{value:02d}" if style == "decimalZero" else str(value)


def whole(value: str | None, default: int = 0) -> int:
    """A whole number of an attribute."""
    try:
        return int(value) if value is not None else default
    except ValueError:
        return default
