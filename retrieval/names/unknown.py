"""What no document knows: strange names, and the ordinary words that were only typed amiss."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rapidfuzz.distance import OSA

from retrieval.english import is_common, is_written
from retrieval.names.known import Name, NameKind, key_of
from retrieval.names.spelling import Spelling
from retrieval.names.typed import Word
from retrieval.words import PAPER, STOP, fold, stem, thesaurus

_MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday".split()
)
# What may follow or lead a name that a question uses as a subject.
_OWNER = re.compile(r"^(?:council|borough|county|city|authority|school|police|trust|'s)", re.I)
_LEADS = re.compile(
    r"\b(?:for|to|about|of|does|did|must|should|is|was|has|will|and|council|in|at|by|on|what about|how about)\s+$", re.I
)


_QUALIFIERS = frozenset(
    "upper lower north south east west great little new old high nether saint st much long market".split()
)
_PROVISIONS = frozenset("article section regulation act schedule paragraph clause part order directive rule".split())
_JOINED_ON = frozenset("upon under le by-the-sea".split())


def another_place(question: str, words: list[Word], start: int, end: int) -> str | None:
    """The name that the words really are, when a known name is only a part of it."""
    if (
        start > 0
        and words[start - 1].text.casefold() in _QUALIFIERS
        and words[start - 1].text[0].isupper() == words[start].text[0].isupper()
    ):
        return " ".join(w for w, _, _ in words[start - 1 : end])
    if (
        end + 1 < len(words)
        and words[end].text.casefold() in _JOINED_ON
        and fold(words[end + 1].text) not in STOP | _PROVISIONS
        and not question[words[end - 1].end : words[end].start].strip()
        and words[end + 1].text[0].isupper() == words[start].text[0].isupper()
    ):
        return " ".join(w for w, _, _ in words[start : end + 2])
    return None


def left_over(
    question: str,
    words: Sequence[Word],
    free: Sequence[bool],
    names: Mapping[str, tuple[Name, ...]],
    spelling: Spelling,
) -> tuple[tuple[str, ...], tuple[tuple[str, Name], ...], tuple[tuple[str, str], ...]]:
    """What the words that no name took say: the names that no document has, names that may be meant, words respelt.

    `free` tells for each of `words` whether no known name has taken it; the three come as in `Reading`.
    """
    unknown: list[tuple[int, str]] = []
    suggestions: list[tuple[str, Name]] = []
    respelt: list[tuple[str, str]] = []
    subjects = any(free_ is False for free_ in free)
    letters = [w for w, _, _ in words if w[0].isalpha()]
    capitals = sum(1 for w in letters if w[0].isupper())
    styled = len(letters) > 3 and capitals > 0.6 * len(letters)
    for at, (word, start, end) in enumerate(words):
        bare = re.sub(r"['’]s?$", "", word)
        lower = fold(bare)
        if (
            not free[at]
            or not bare
            or any(ch.isdigit() for ch in bare)
            or lower in STOP
            or lower in PAPER
            or lower in _MONTHS
        ):
            continue
        if (
            len(bare) < 3
            or spelling.has_word(bare)
            or (all(spelling.has_word(p) or is_common(p) for p in re.split(r"[-']", lower) if p) and "-" in bare)
        ):
            continue
        leads = (
            start == 0 and at + 1 < len(words) and fold(words[at + 1].text) in PAPER and not is_common(bare)
        )  # "Farley notice: who signed?"
        initials = len(bare) <= 6 and sum(ch.isupper() for ch in bare) > 1  # "DfE": short for what some paper may name
        proper = bare[0].isupper() and (start > 0 or leads) and not styled and not initials
        owner = bool(_OWNER.match(question[end:].lstrip()) and _LEADS.search(question[:start])) and bare[0].isupper()
        if is_common(bare) and not proper and not owner:
            if not is_written(bare) and (doubled := spelling.with_doubles(lower)):
                respelt.append((bare, doubled))
            continue
        if (meant := spelling.respell(lower)) and not proper:
            respelt.append((bare, meant))
            continue
        if full := spelling.abbreviated([fold(w) for w, _, _ in words], at):
            respelt.append((bare, full))
            continue
        if thesaurus().of(stem(bare)) or not (proper or owner or (not subjects and _in_a_slot(question, words, at))):
            continue
        near = [
            n
            for k, members in names.items()
            for n in members
            if n.kind is NameKind.SUBJECT and len(k) >= 5 and OSA.distance(k, key_of(bare), score_cutoff=2) == 2
        ]
        if len(set(near)) == 1:
            suggestions.append((bare, near[0]))
        unknown.append((start, bare))
    return _joined(question, unknown), tuple(suggestions), tuple(respelt)


def _in_a_slot(question: str, words: Sequence[Word], at: int) -> bool:
    """Whether a word typed in lower case stands where a name would: after "for", before "council", last of few."""
    _, start, end = words[at]
    after = question[end:].lstrip()
    return (
        start == 0
        or _LEADS.search(question[:start]) is not None
        or _OWNER.match(after) is not None
        or any(fold(word) in PAPER for word, _, _ in words[at + 1 : at + 3])
        or (at == len(words) - 1 and len(words) <= 6)
    )


def _joined(question: str, found: list[tuple[int, str]]) -> tuple[str, ...]:
    """Adjacent unknown words are one name ("Jane Doe")."""
    names: list[str] = []
    last_end = -10
    for start, word in sorted(found):
        if names and question[last_end:start] == " ":
            names[-1] += f" {word}"
        else:
            names.append(word)
        last_end = start + len(word)
    return tuple(dict.fromkeys(names))
