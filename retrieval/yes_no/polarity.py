"""Does a sentence say a thing or deny it?  Negations and their reach, opposites, conditions left aside."""

from __future__ import annotations

import re
from collections.abc import Iterable

from retrieval.words import contains, content_stems, opposite_sides, stem, stems, thesaurus

REACH = 6  # words that a negation governs, up to the next stop

_CONDITION = re.compile(
    r"(?:^|(?<=[,;:.(]))\s*(?:or |and |but )?\b(?:should(?= (?:the|any|a|an|it|they|you|we|he|she|there|ministers?|officials?)\b)"
    r"|if|where|unless|until|in case|in the event|whenever|provided)\b[^,;]*(?:[,;]|$)"
    r"|\b(?:until|unless|if|in the event (?:of|that)|whether)\b[^,;]*",
    re.I,
)
_NOT = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|hardly|rarely"
    r"|(?:fail(?:s|ed|ing)?|unable|unwilling|refus(?:es?|ed|ing)|declin(?:es?|ed|ing)|yet|omit(?:s|ted)?) to"
    r"|(?:lack(?:s|ed)?|absence|instead|short) of|lack(?:s|ed|ing)?|rather than|instead of)\b|\b\w+n't\b",
    re.I,
)
_NO_DENIAL = re.compile(
    r"\b(?:not (?:exclusive|limited|restricted|confined)|but not|not only|not just|no longer than|no later than"
    r"|(?:no|not) (?:more|less|fewer|later|longer|earlier) than|whether or not|no doubt|not least|nothing but|if not"
    r"|not (?:to )?(?:exceed(?:ing)?)|without (?:undue )?delay|no matter|no\.? ?\d+|without prejudice)\b",
    re.I,
)
_STOP = re.compile(
    r"[,;:.()–—]|\b(?:but|because|although|though|while|whereas|which|until|unless|if|when|as well as|so that)\b"
    r"|\band (?=(?:is|are|was|were|has|have|must|should|will|may|can|it|they|the|he|she|proposes?|then)\b)",
    re.I,
)
_LEXICAL = re.compile(r"\b(?:fail|unable|unwilling|refus|declin|lack|absence|without|omit)", re.I)


def unconditional(said: str) -> str:
    """A sentence without its conditions ("should the council fail …"), which deny nothing."""
    return re.sub(r"\s+", " ", _CONDITION.sub(" ", said)).strip()


def governed(said: str) -> list[tuple[str, ...]]:
    """The stems that each negation of a sentence governs, up to the next stop."""
    plain = _NO_DENIAL.sub(" ", unconditional(said.replace("’", "'")))
    return [stems(_STOP.split(plain[found.end() :])[0])[:REACH] for found in _NOT.finditer(plain)]


def close_stems(asked: Iterable[str]) -> frozenset[str]:
    """The stems with their close words of one word each."""
    own = set(asked)
    return frozenset(own | {r[0] for one in own for r in thesaurus().of(one) if len(r) == 1})


def denied(said: str, asked: Iterable[str], question: str) -> bool:
    """Whether a negation of the sentence governs a word of the question.

    A negative verb that the question has too ("did they fail to …") denies nothing.
    """
    wanted = frozenset(asked)
    close = close_stems(wanted)
    if _LEXICAL.search(question) and _LEXICAL.search(said):
        said = _drop_lexical(said)
    return any(set(words) & wanted or set(words[:4]) & close for words in governed(said)) or _not_done(said, wanted)


_DOING = frozenset(
    stem(w)
    for w in "used use made make done do offered offer hold provide available take place happen exist occur".split()
)


def _not_done(said: str, wanted: frozenset[str]) -> bool:
    """Whether a thing of the question is said not to be used, made, held … at all ("bed and breakfast is not used")."""
    plain = _NO_DENIAL.sub(" ", unconditional(said.replace("’", "'")))
    found = _IS_NOT.search(plain)
    if found is None:
        return False
    does, subject = stems(found["does"]), content_stems(found["subject"])
    return bool(does) and set(does) <= _DOING and 2 * len(set(subject) & wanted) > len(subject)


_IS_NOT = re.compile(
    r"^(?P<subject>[^,;:.()]{3,60}?) (?:is|are|was|were|has been|have been|does|do|did) (?:not|never) (?P<does>[^,;:.()]{3,25})[.;]?$",
    re.I,
)


def _drop_lexical(said: str) -> str:
    return re.sub(
        r"\b(?:fail(?:s|ed|ing)?|unable|unwilling|refus(?:es?|ed|ing)|declin(?:es?|ed|ing)|omit(?:s|ted)?) to\b"
        r"|\b(?:lack(?:s|ed|ing)?|absence)(?: of)?\b|\bwithout\b",
        " ",
        said,
        flags=re.I,
    )


def negates(said: str) -> bool:
    """Whether anything at all is denied in the sentence's main part."""
    return bool(governed(said))


def opposed(asked: tuple[str, ...], said: tuple[str, ...], about: Iterable[str] = ()) -> frozenset[str]:
    """The question's stems of which the sentence has the opposite, and not the word itself.

    Both are stems in order; words of several stems count as sequences.  In a long sentence the opposite must stand
    near a word of `about`, what the question is about.
    """
    if prefixed := _prefixed(asked, said):
        return prefixed
    near = _near(said, frozenset(about))
    table = opposite_sides()
    for one, other in table.pairs:
        for ours, theirs in ((one, other), (other, one)):
            asked_here = _held(ours, asked)
            if (
                asked_here
                and not _held(theirs - ours, asked)
                and not any(contains(said, word) for word in asked_here)
                and _held(theirs - ours, near)
            ):
                return frozenset(part for word in asked_here for part in word)
    return excluded(asked, said)


_DENYING = ("un", "in", "im", "ir", "il", "dis", "mis", "non")
_BEFORE = ("non", "under", "ill", "mis", "un")
_STRETCH = 9  # words round what is asked about in which an opposite counts
_SHORT = 22  # words of a sentence that is read whole


def _prefixed(asked: tuple[str, ...], said: tuple[str, ...]) -> frozenset[str]:
    """Stems met only with a denying prefix, here or there: "resourced" and "under-resourced"."""
    for ours, theirs in ((asked, said), (said, asked)):
        for word in ours:
            if len(word) < 6 or (word in theirs and not any(contains(theirs, (p, word)) for p in _BEFORE)):
                continue
            related = close_stems([word])
            if any(contains(theirs, (p, word)) and not contains(ours, (p, word)) for p in _BEFORE):
                return frozenset({word})
            if any(p + word in theirs and p + word not in ours and p + word not in related for p in _DENYING):
                return frozenset({word} if ours is asked else {p + word for p in _DENYING})
    return frozenset()


def _near(said: tuple[str, ...], about: frozenset[str]) -> tuple[str, ...]:
    """The part of a long sentence that stands near the words asked about; the whole of a short one."""
    places = [at for at, word in enumerate(said) if word in about]
    if len(said) <= _SHORT or not places:
        return said
    kept = {at for place in places for at in range(place - _STRETCH, place + _STRETCH + 1)}
    return tuple(word for at, word in enumerate(said) if at in kept)


def excluded(asked: tuple[str, ...], said: tuple[str, ...]) -> frozenset[str]:
    """The question's stems when the sentence has another member of a set of which a thing has one at a time."""
    for group in opposite_sides().exclusive:
        ours, theirs = _held(group, asked), _held(group, said)
        if ours and theirs and not any(_same(a, b) for a in ours for b in theirs):
            return frozenset(part for word in ours for part in word)
    return frozenset()


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names are one, written out or shortened word by word ("lib dem", "liberal democrat")."""
    return len(one) == len(other) and all(
        a.startswith(b[:3]) or b.startswith(a[:3]) for a, b in zip(one, other, strict=True)
    )


def _held(words: Iterable[tuple[str, ...]], sequence: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [word for word in words if contains(sequence, word)]
