"""Names of organisations: finding them in text, and telling which mean the same one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.notice import Span

_COUNCIL = frozenset(
    [
        "council",
        "borough",
        "metropolitan",
        "city",
        "county",
        "district",
        "unitary",
        "authority",
        "royal",
        "mbc",
        "cc",
        "bc",
        "parish",
        "town",
        "local",
    ]
)
_FAMILIES: dict[str, frozenset[str]] = {
    "council": _COUNCIL,
    "police": frozenset(["police", "constabulary", "force"]),
    "school": frozenset(
        [
            "school",
            "academy",
            "primary",
            "secondary",
            "college",
            "nursery",
            "community",
            "infant",
            "junior",
            "high",
            "grammar",
        ]
    ),
    "health": frozenset(
        ["hospital", "hospitals", "nhs", "trust", "foundation", "clinic", "surgery", "practice", "health", "icb"]
    ),
    "university": frozenset(["university"]),
    "company": frozenset(
        [
            "limited",
            "ltd",
            "inc",
            "incorporated",
            "plc",
            "llp",
            "llc",
            "company",
            "co",
            "corp",
            "corporation",
            "group",
            "holdings",
            "gmbh",
        ]
    ),
}
_GENERIC = frozenset().union(*_FAMILIES.values()) | {"the", "of", "and"}
_GOVERNMENT = frozenset(
    [
        "department",
        "ministry",
        "secretary",
        "commissioner",
        "commission",
        "office",
        "ofsted",
        "agency",
        "directorate",
        "inspectorate",
        "government",
        "administration",
    ]
)
_TAIL = (
    r"Council|Authority|Borough|Police|Constabulary|School|Academy|College|University|Hospitals?|Trust|Limited|Ltd|Inc|Incorporated|PLC|plc|LLP|LLC"
    r"|Company|Corporation|Corp|Commission|Commissioner|Agency|Administration|Association|Society|Foundation|Partnership|Group|Board|Inspectorate|Ofsted|Constable"
    r"|CIC|Services|Service|Office|Directorate|Fund|Charity|Union|Federation|Institute|Bank|Airport|Railway|Church|Diocese"
)
_WORD = r"[A-Z][\w’'&.-]*"
_JOIN = r"(?:and|of|for|the|upon|on|in|with|&|de|le|la|under|by)"
_ENDING = re.compile(rf"(?:{_TAIL})$")
_RUN = re.compile(rf"{_WORD}(?:[ \t\n\xa0]+(?:{_JOIN}[ \t\n\xa0]+){{0,2}}{_WORD})*")
_HEADED = re.compile(
    rf"\b(?:London Borough of|Royal Borough of|Borough of|City of|University of|Department (?:for|of)|Ministry of|Office (?:for|of)|Secretary of State for"
    rf"|Department of Health and|Diocese of)[ \t\n\xa0]+{_WORD}(?:[ \t\n\xa0]+(?:(?:and|of|for|the|upon|&)[ \t\n\xa0]+)?{_WORD}){{0,5}}"
)
_LINE_BREAK = re.compile(r"[^\S\n]*\n\s*")
_WRAPPED = 40  # a name goes on in the next line only where the line is one of running text
_OFFICE = re.compile(
    r"^(?:(?:The|the)\s+)?(?:(?:Interim|Acting|Deputy)\s+)?(?:Chief Constable|Chief Executive|Chief Officer|Commissioner)(?:\s+of)?\s+(?=[A-Z])"
)
_LEADING = re.compile(
    r"^(?:The|This|These|A|An|In|On|At|For|To|From|By|When|While|As|If|And|But|Our|Your|Each|Following|Dear|Signed)\s+"
)


@dataclass(frozen=True, slots=True)
class NameMatch:
    """An organisation's name in a text."""

    name: str
    span: Span


def family(name: str) -> str | None:
    """The sort of organisation that the name tells: council, police, school …"""
    words = _words(name)
    for word in reversed(words):
        for which, members in _FAMILIES.items():
            if word in members:
                return which
    return None


def core(name: str) -> str:
    """What is left of a name without the words for its sort, in lower case; the name itself when nothing is left."""
    words = _words(name)
    kept = [w for w in words if w not in _GENERIC]
    return " ".join(kept or words)


def shown_core(name: str) -> str:
    """The core as written: `St Helens` of `St Helens Metropolitan Borough Council`."""
    kept = [w for w in name.split() if _plain(w) and _plain(w) not in _GENERIC]
    inner = " ".join(w for w in name.split())
    if not kept:
        return name
    first, last = inner.find(kept[0]), inner.rfind(kept[-1])
    return inner[first : last + len(kept[-1])].strip(" ,.")


def same(one: str, other: str) -> bool:
    """Whether two names mean the same organisation: equal cores, and no clash of sorts."""
    if core(one) != core(other):
        return False
    a, b = family(one), family(other)
    return a == b or a is None or b is None


def is_government(name: str) -> bool:
    """Whether the name is that of a department, an inspectorate or the like, which issues rather than receives."""
    return any(word in _GOVERNMENT for word in _words(name))


def without_office(name: str) -> str:
    """The organisation of `Chief Constable West Midlands Police`."""
    return _OFFICE.sub("", name)


def find_names(text: str) -> tuple[NameMatch, ...]:
    """Organisations named in `text`, in order, disjoint."""
    found: list[NameMatch] = []
    taken_to = 0
    matches: list[tuple[int, int]] = [m.span() for m in _HEADED.finditer(text)]
    matches += [m.span() for m in _RUN.finditer(text)]
    for start, end in sorted(matches, key=lambda s: (s[0], -s[1])):
        if start < taken_to:
            continue
        name, start, end = _trimmed(text, start, end)
        if name is None:
            continue
        found.append(NameMatch(name, Span(start, end)))
        taken_to = end
    return tuple(found)


def _trimmed(text: str, start: int, end: int) -> tuple[str | None, int, int]:
    """The part of a run of capitalised words that ends like an organisation."""
    raw = text[start:end]
    broken = _LINE_BREAK.search(raw)
    while broken is not None:
        line = text.rfind("\n", 0, start) + 1
        if "\n" in broken.group()[1:] or start + broken.start() - line < _WRAPPED:
            raw = raw[: broken.start()]
            break
        broken = _LINE_BREAK.search(raw, broken.end())
    while True:
        leading = _LEADING.match(raw)
        if leading is None:
            break
        start += leading.end()
        raw = raw[leading.end() :]
    raw = re.sub(r"[’']s$|[.,'’&-]+$", "", raw)
    parts = list(re.finditer(r"\S+", raw))
    if _HEADED.match(raw):
        pass
    else:
        while parts and not _ENDING.match(re.sub(r"[’']s$|[.,;:'’]+$", "", parts[-1].group())):
            parts.pop()
        if not parts:
            return None, start, end
        raw = re.sub(r"[’']s$|[.,;:'’]+$", "", raw[: parts[-1].end()])
    name = " ".join(raw.split())
    if len(name.split()) < 2 and name != "Ofsted":
        return None, start, end
    if not any(w for w in _words(name) if w not in _GENERIC and w not in {"council", "board"}):
        return None, start, end
    return name, start, start + len(raw)


def variants(name: str, text: str) -> tuple[str, ...]:
    """Every name of the same organisation in `text`, and its core, the fullest first."""
    found = Counter({name: 1})
    for match in find_names(text):
        candidate = without_office(match.name)
        if same(candidate, name):
            found[candidate] += 1
    found[shown_core(name)] += 0
    for alias in _aliases(found, text):
        found[alias] += 1
    unique: dict[str, str] = {}
    for one in found:
        key = one.casefold()
        if key not in unique or unique[key].isupper():
            unique[key] = one
    return tuple(sorted(unique.values(), key=lambda n: (-len(n.split()), -len(n), n)))


def _aliases(names: Iterable[str], text: str) -> list[str]:
    """Short names that the text gives in brackets: `West Midlands Police (WMP)`."""
    out = []
    for name in list(names):
        pattern = (
            r"\s+".join(re.escape(w) for w in name.split())
            + r"\s*\(\s*[‘'“\"]?(?!the\b|The\b)(?P<alias>[A-Z][\w&.-]*(?:\s[A-Z][\w&.-]*){0,3})[’'”\"]?\s*\)"
        )
        out += [" ".join(m["alias"].split()) for m in re.finditer(pattern, text)]
    return out


def most_mentioned(text: str) -> str | None:
    """The organisation that the text is most about, governments and inspectorates last."""
    counts: Counter[tuple[str, str | None]] = Counter()
    fullest: dict[tuple[str, str | None], Counter[str]] = {}
    for match in find_names(text):
        name = without_office(match.name)
        key = (core(name), family(name))
        counts[key] += 1
        fullest.setdefault(key, Counter())[name] += 1
    if not counts:
        return None
    own = [key for key in counts if not is_government(key[0])] or list(counts)
    best = max(own, key=lambda key: (key[1] is not None, counts[key], -list(counts).index(key)))
    return max(fullest[best].items(), key=lambda pair: (pair[1], len(pair[0])))[0]


def _words(name: str) -> list[str]:
    return [w for w in (_plain(w) for w in name.split()) if w]


def _plain(word: str) -> str:
    return re.sub(r"[’']s$|[^\w]", "", word.casefold())
