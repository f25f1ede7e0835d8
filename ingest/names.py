"""Names of organisations: finding them in text, and joining those that mean the same one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.name_words import REGULATORS, core, family, is_government, is_named, same, shown_core, without_office
from ingest.notice import Span

__all__ = [
    "NameMatch",
    "core",
    "family",
    "find_names",
    "is_government",
    "most_mentioned",
    "same",
    "shown_core",
    "variants",
    "without_office",
]

_TAIL = (
    r"Council|Authority|Borough|Police|Constabulary|School|Academy|College|University|Hospitals?|Trust|Limited|Ltd|Inc"
    r"|Incorporated|PLC|plc|LLP|LLC|Company|Corporation|Corp|Commission|Commissioner|Agency|Administration|Association"
    r"|Society|Foundation|Partnership|Group|Board|Inspectorate|CIC|Services|Service|Office|Directorate|Fund"
    r"|Charity|Union|Federation|Institute|Bank|Airport|Railway|Church|Diocese|Ombudsman|Tribunal|Regulator"
)
_WORD = r"[A-Z][\w’'&.-]*"
_SPACE = r"[ \t\n\xa0]+"
_ENDING = re.compile(rf"(?:{_TAIL}|^(?i:{'|'.join(sorted(REGULATORS))}))$")
_RUN = re.compile(
    rf"{_WORD}(?:,?{_SPACE}(?:Inc|Ltd|LLC|LLP|PLC|plc|Limited|Corp|Co)\b\.?"
    rf"|{_SPACE}(?:(?:and|of|for|the|upon|&|de|le|la){_SPACE}){{0,2}}{_WORD})*"
)
_LOCAL = re.compile(rf"{_WORD}(?:{_SPACE}(?:(?:and|upon){_SPACE})?{_WORD}){{0,5}}{_SPACE}local{_SPACE}authority\b")
_HEADED = re.compile(
    r"(?<![\w-])(?:London Borough of|Royal Borough of|Borough of|City of|University of|Ministry of"
    r"|Department (?:for|of)|Regulator (?:of|for)|Inspectorate of|Commission for"
    r"|Office (?:for|of)|Secretary of State for|Diocese of|Registrar of|Board of)"
    rf"{_SPACE}{_WORD}(?:{_SPACE}(?:(?:and|of|for|the|upon|&){_SPACE})?{_WORD}){{0,5}}"
)
# Words without one of which no run of capitals is a name here.
_SIGN = re.compile(
    rf"{_TAIL}|\b(?i:{'|'.join(sorted(REGULATORS))})\b|authority|City of|Department|Ministry|Secretary|Registrar"
)
_SUFFIX = re.compile(r"(?:Inc|Ltd|LLC|LLP|PLC|plc|Limited|Corp|Co)\b")
_SHORT_FORM = re.compile(r"(?:\s+in|,)\s+[^().\n]{3,70}\((?P<alias>[A-Z]\w+)\)")  # the rest of a long name
_LINE_BREAK = re.compile(r"[^\S\n]*\n\s*")
_ALIASED = 300  # characters before a bracket in which the name is looked for
_WRAPPED = 40  # a name goes on in the next line only where the line is one of running text
_LEADING = re.compile(
    r"^(?:The|This|These|A|An|In|On|At|For|To|TO|From|By|When|While|As|If|And|But|Our|Your|Each|Following|Dear|Signed"
    r"|(?:[A-Z][\w-]*\s+){0,3}?(?i:inspection|review|report|audit|evaluation|visit|notice|letter)\s+(?:of|on|to|into|for)"
    r"(?:\s+the)?)\s+(?=[A-Z])"
)
# "Director of Children's Services for Farley Council" names the council.
_OFFICE_OF = re.compile(
    r"^(?:[\w’'&,-]+\s+){0,3}?(?:Director|Head|Leader|Chief\s+\w+|Chair(?:man|woman|person)?|Manager|Member)\b"
    r"(?:\s+(?:of|and|&|[A-Z][\w’'&,-]*))*?\s+(?:for|at)\s+(?=[A-Z])"
)
_HEAD_OF = re.compile(
    r"^(?:(?:Deputy|Interim|Acting|Council|Group|Joint|Lord)\s+)*"
    r"(?:Leader|Mayor|Chief\s+(?:Executive|Constable|Officer)|Clerk|Chair(?:man|woman|person)?|Head\s?teacher|Principal"
    r"|Vice-Chancellor|Managing\s+Director)\s+of\s+(?:the\s+)?(?=[A-Z])"
)
_TRAILING = re.compile(r"[’']s$|(?<!Inc)(?<!Ltd)(?<!Co)(?<!Corp)[.]$|[,;:'’&-]+$")


@dataclass(frozen=True, slots=True)
class NameMatch:
    """An organisation's name in a text."""

    name: str
    span: Span


def find_names(text: str) -> tuple[NameMatch, ...]:
    """Organisations named in `text`, in order, disjoint."""
    found: list[NameMatch] = []
    taken_to = 0
    if not _SIGN.search(text):
        return ()
    spans = [m.span() for pattern in (_LOCAL, _HEADED, _RUN) for m in pattern.finditer(text)]
    for start, end in sorted(spans, key=lambda s: (s[0], -s[1])):
        if not _SIGN.search(text, start, end):
            continue
        for match in _within(text, max(start, taken_to), end):
            found.append(match)
            taken_to = match.span.end
    return tuple(found)


def _within(text: str, start: int, end: int) -> Iterator[NameMatch]:
    """The names in a run of capitalised words."""
    while start < end:
        stop = _line_end(text, start, end)
        while leading := _led(text[start:stop]):
            start += leading.end()
        words = list(re.finditer(r"\S+", text[start:stop]))
        last = -1
        local = text[start:stop].endswith("authority")
        for n, word in enumerate(words):
            if _ENDING.search(_TRAILING.sub("", word.group()).rstrip(".")) or (local and n == len(words) - 1):
                last = n
                follower = words[n + 1].group() if n + 1 < len(words) else ""
                if follower in ("and", "&") or (word.group()[-1] in ",;" and not _SUFFIX.match(follower)):
                    break
        headed = _HEADED.match(text[start:stop])
        if headed is not None and (last < 0 or not _cut_by_and(words, last)):
            last = _before_another(words)
        if last < 0:
            start = stop
            continue
        if _TRAILING.sub("", words[last].group()).casefold() in REGULATORS:
            start += words[last].start()  # a body of one word: what stands before it is another's name
            words, last = list(re.finditer(r"\S+", text[start:stop])), 0
        raw = _TRAILING.sub("", text[start : start + words[last].end()])
        name = " ".join(raw.split())
        short = _SHORT_FORM.match(text, start + len(raw))
        if short is not None and headed is not None:
            yield NameMatch(short["alias"], Span(*short.span("alias")))
            start = short.end()
            continue
        if (len(name.split()) >= 2 or name.casefold() in REGULATORS) and is_named(name):
            yield NameMatch(name, Span(start, start + len(raw)))
        start += words[last].end()
        rest = re.match(r"[\s,;]*(?:and|&|for|of|the)?\s*", text[start:stop])
        start += rest.end() if rest else 0


def _led(run: str) -> re.Match[str] | None:
    """What stands before a name and is no part of it."""
    return _LEADING.match(run) or _OFFICE_OF.match(run) or _HEAD_OF.match(run)


def _before_another(words: list[re.Match[str]]) -> int:
    """The last word of a name such as `Department for …`, when `and` and the name of another follow it."""
    joints = [n for n, word in enumerate(words) if word.group() == "and"]
    ends = any(_ENDING.search(_TRAILING.sub("", word.group())) for word in words[joints[-1] :]) if joints else False
    return joints[-1] - 1 if ends else len(words) - 1


def _cut_by_and(words: list[re.Match[str]], last: int) -> bool:
    return last + 1 < len(words) and words[last + 1].group() in ("and", "&")


def _line_end(text: str, start: int, end: int) -> int:
    """Where the run ends, if a line does that is none of running text."""
    for broken in _LINE_BREAK.finditer(text, start, end):
        line = text.rfind("\n", 0, start) + 1
        if broken.group().count("\n") > 1 or broken.start() - line < _WRAPPED:
            return broken.start() if broken.start() > start else broken.end()
    return end


def variants(name: str, text: str) -> tuple[str, ...]:
    """Every name of the same organisation in `text`, and its core, the fullest first."""
    found = [name]
    for match in find_names(text):
        candidate = without_office(match.name)
        if same(candidate, name):
            found.append(candidate)
    found.append(shown_core(name))
    found += _aliases(dict.fromkeys(found), text)
    unique: dict[str, str] = {}
    for one in found:
        key = one.casefold().rstrip(".")
        if key not in unique or (unique[key].isupper() and not one.isupper()):
            unique[key] = one
    return tuple(sorted(unique.values(), key=lambda n: (-len(n.split()), -len(n), n)))


_SHORT_NAME = re.compile(
    r"\s*\(\s*[‘'“\"]?(?!the\b|The\b)(?P<alias>[A-Z][\w&.-]*(?:\s[A-Z][\w&.-]*){0,3})[’'”\"]?\s*\)"
)


def _aliases(names: Iterable[str], text: str) -> list[str]:
    """Short names that the text gives in brackets: `West Midlands Police (WMP)`."""
    given = [
        (" ".join(text[max(0, m.start() - _ALIASED) : m.start()].split()), " ".join(m["alias"].split()))
        for m in _SHORT_NAME.finditer(text)
    ]
    return [alias for name in names for before, alias in given if before.endswith(" ".join(name.split()))]


def most_mentioned(text: str, *, government: bool = False) -> str | None:
    """The organisation that the text names most: among departments and the like, or (by default) among the others."""
    counts: Counter[tuple[str, str | None]] = Counter()
    written: dict[tuple[str, str | None], Counter[str]] = {}
    for match in find_names(text):
        name = without_office(match.name)
        if is_government(name) is not government:
            continue
        key = (core(name), family(name))
        counts[key] += 1
        written.setdefault(key, Counter())[name] += 1
    if not counts:
        return None
    order = list(counts)
    best = max(order, key=lambda key: (key[1] is not None and not government, counts[key], -order.index(key)))
    return max(written[best].items(), key=lambda pair: (pair[1], len(pair[0])))[0]
