"""What an organisation's name is made of, and when two names mean the same one."""

from __future__ import annotations

import re

_FAMILIES: dict[str, frozenset[str]] = {
    "council": frozenset(
        [
            *["council", "borough", "metropolitan", "city", "county", "district", "unitary", "authority", "royal"],
            *["mbc", "cc", "bc", "parish", "town", "local"],
        ]
    ),
    "police": frozenset(["police", "constabulary", "force"]),
    "school": frozenset(
        [
            *["school", "academy", "primary", "secondary", "college", "nursery", "community", "infant", "junior"],
            *["high", "grammar"],
        ]
    ),
    "health": frozenset(
        ["hospital", "hospitals", "nhs", "trust", "foundation", "clinic", "surgery", "practice", "health", "icb"]
    ),
    "university": frozenset(["university"]),
    "company": frozenset(
        [
            *["limited", "ltd", "inc", "incorporated", "plc", "llp", "llc", "company", "co", "corp", "corporation"],
            *["group", "holdings", "gmbh"],
        ]
    ),
}
_GENERIC = frozenset().union(*_FAMILIES.values()) | {"the", "of", "and"}
_GOVERNMENT = frozenset(
    [
        *["department", "ministry", "secretary", "commissioner", "commission", "office", "agency"],
        *["directorate", "inspectorate", "regulator", "government", "administration", "division"],
    ]
)
# bodies of one word, which no ending tells from a place or a person
REGULATORS = frozenset(
    [
        *["estyn", "healthwatch", "ofcom", "ofgem", "ofqual", "ofs", "ofsted", "ofwat", "hmicfrs"],
        *["cqc", "fca", "fda", "hse", "ico"],
    ]
)
_LONDON = re.compile(r"\bLondon\s+(?=Borough\b)", re.IGNORECASE)
_OFFICE = re.compile(
    r"^(?:(?:The|the)\s+)?(?:(?:Interim|Acting|Deputy)\s+)?"
    r"(?:Chief Constable|Chief Executive|Chief Officer|Commissioner)(?:\s+of)?\s+(?=[A-Z])"
)
_UNTOLD = frozenset(["board", "services", "service", "office", "issuing", "head", "registered", "department"])
_ROLE = re.compile(
    r"\b(?:Director|Officer|Manager|Head of|Leader|Chief|Chair(?:man|woman|person)?|President|Executive|Member"
    r"|Cabinet)\b"
)
_PART = re.compile(r"\b(?:Division|Directorate|Team|Unit|Branch|Office of|Office for the)\b")


def family(name: str) -> str | None:
    """The sort of organisation that the name tells: council, police, school …"""
    for word in reversed(words_of(name)):
        for which, members in _FAMILIES.items():
            if word in members:
                return which
    return None


def core(name: str) -> str:
    """What is left of a name without the words for its sort, in lower case; the name itself when nothing is left."""
    words = words_of(_LONDON.sub("", name))
    kept = [w for w in words if w not in _GENERIC]
    return " ".join(kept or words)


def shown_core(name: str) -> str:
    """The core as written: `St Bride` of `St Bride Metropolitan Borough Council`."""
    words = _LONDON.sub("", name).split()
    kept = [n for n, word in enumerate(words) if plain(word) and plain(word) not in _GENERIC]
    if not kept:
        return name
    return " ".join(words[kept[0] : kept[-1] + 1]).strip(" ,")


def same(one: str, other: str) -> bool:
    """Whether two names mean the same organisation: equal cores, and no clash of sorts."""
    if core(one) != core(other):
        return False
    a, b = family(one), family(other)
    return a == b or a is None or b is None


def is_government(name: str) -> bool:
    """Whether the name is that of a department, an inspectorate or the like, which issues rather than receives."""
    return any(word in _GOVERNMENT or word in REGULATORS for word in words_of(name))


def is_part(name: str) -> bool:
    """Whether the name is that of a part of an organisation: a division, a team."""
    return _PART.search(name) is not None


def is_named(name: str) -> bool:
    """Whether the name says which one it is, as `the Council` and `Safeguarding Board` do not."""
    return any(w not in _GENERIC and w not in _UNTOLD for w in words_of(name))


def is_role(name: str) -> bool:
    """Whether it is a person's role rather than a name: `Interim Director Children's Services`."""
    return _ROLE.search(name) is not None


def without_office(name: str) -> str:
    """The organisation of `Chief Constable West Mercia Police`."""
    return _OFFICE.sub("", name)


def words_of(name: str) -> list[str]:
    """The words of a name in lower case, without marks."""
    return [w for w in (plain(w) for w in name.split()) if w]


def plain(word: str) -> str:
    """A word without its possessive and its marks."""
    return re.sub(r"[’']s$|[^\w]", "", word.casefold())
