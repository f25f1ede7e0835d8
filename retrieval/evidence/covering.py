"""Where a word of the question is met: in a unit itself, as a close word, around it, or nowhere."""

from __future__ import annotations

from enum import Enum

from retrieval.evidence.units import Unit
from retrieval.question import Term
from retrieval.words import contains, opposites, thesaurus


class Where(Enum):
    """Where a question word is met."""

    OWN = "in the unit"
    CLOSE = "in the unit, as a close word"
    AROUND = "in the heading or the lead-in"
    ABOUT = "in the document's title"
    NOWHERE = "nowhere"


# What each place counts for when coverage is summed up in one figure.
COVERS = {Where.OWN: 1.0, Where.CLOSE: 0.65, Where.AROUND: 0.85, Where.ABOUT: 0.5, Where.NOWHERE: 0.0}


def light(term: Term) -> float:
    """What a term weighs beside a word of the topic: little where it names the paper or is borrowed."""
    return 0.15 if term.paper else 0.25 if term.borrowed else 1.0


def match(term: Term, own: tuple[str, ...], context: tuple[str, ...], about: tuple[str, ...]) -> Where:
    """Where a question word is covered, the best place first."""
    if term.stem in own or (" " in term.stem and contains(own, tuple(term.stem.split()))):
        return Where.OWN
    relatives = thesaurus().of(term.stem)
    if any((len(r) == 1 and r[0] in own) or (len(r) > 1 and contains(own, r)) for r in relatives):
        return Where.CLOSE
    if len(term.stem) >= 6 and any(_kin(term.stem, word) for word in own):
        return Where.CLOSE
    phrase = tuple(term.stem.split())
    if contains(context, phrase):
        return Where.AROUND
    return Where.ABOUT if contains(about, phrase) else Where.NOWHERE


def does(term: Term, role: tuple[str, ...]) -> bool:
    """Whether a verb of the question is what a role is named for ("led", "leader"; "edits", "editor")."""
    return any(f"{term.stem}{ending}" in role for ending in ("er", "or", "r", "man", "woman", "person"))


def _kin(one: str, other: str) -> bool:
    """Whether two stems are of one family ("commission", "commissioner")."""
    shorter, longer = sorted((one, other), key=len)
    return (
        len(shorter) >= 6 and longer.startswith(shorter[: max(6, len(shorter) - 1)]) and len(longer) - len(shorter) <= 4
    )


def denies(unit: Unit, term: Term) -> bool:
    """Whether the unit has the opposite of a word, and not the word itself ("permanent", "temporary")."""
    return term.stem not in unit.own and any(contains(unit.own, words) for words in opposites().get(term.stem, ()))
