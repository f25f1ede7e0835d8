"""How well a fact suits a question beyond their common words: its unit, what it counts, whose office, which grade."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from ingest.notice import ClauseKind, Document, Fact, Span
from retrieval.context import Context
from retrieval.evidence.covering import Where, match
from retrieval.kinds import WHO_WROTE, picked, words_of
from retrieval.question import Question
from retrieval.wants import Want
from retrieval.words import stems

_NUMBERS = frozenset({"count", "percentage", "amount", "duration", "rate"})
_OF_PEOPLE = frozenset({"person_role", "copied_to", "signatory", "addressee"})


def aptness(context: Context, document: Document, fact: Fact, total: float) -> float:
    """What to add to a fact's score; `total` is the weight of all the question's words."""
    question = context.question
    score = _unit_asked(question, fact)
    if counts_another_thing(question, fact):
        score -= 0.5
    if fact.kind in _NUMBERS and fact.value.casefold() in {t.word for t in question.topic}:
        score -= 0.5  # the number that the asker gave
    if fact.kind == "count":
        score += _head_counted(question, fact)
    if fact.kind in ("count", "percentage", "amount") and total:
        score += 0.1 * _said_of_it(context, fact) / total
    if total:
        score += _behind_its_neighbours(context, document, fact) / total
    if fact.kind == "count" and not _IN_ALL.search(question.text):
        score -= 0.4 if _OF_SO_MANY.search(_before(document, fact)) else 0.0
    if fact.kind == "inspection" and _INSPECTED.search(question.text) and not _EARLIER.search(question.text):
        said = fact.span.of(document.text)
        score += 0.2 if _OWN_DATES.match(said) else -0.3 if _EARLIER.search(said) else 0.0
    if fact.kind in ("date", "deadline"):
        score += _put_off(document, fact, question)
    if fact.kind in ("deadline", "duration") and _PAST.search(question.text):
        score -= 0.25 if _TO_COME.search(fact.span.of(document.text)) or not _is_day(fact) else 0.0
    if fact.kind == "judgement":
        score += _of_today(document, fact, question)
    if fact.kind in _OF_PEOPLE and _is_the_office_asked(question, fact):
        score -= 0.6
    if fact.kind in _OF_PEOPLE and _WHO_WROTE.search(question.text):
        got_it = any(stems(name.shown)[-1:] == stems(fact.value)[-1:] for name in question.people)
        score -= 1.0 if got_it or fact.kind == "addressee" else 0.0
    if fact.kind in _OF_PEOPLE and question.want is Want.PERSON:
        score += _office_suits(context, fact)
    if fact.kind in _OF_PEOPLE and fact.kind not in picked(question.text) and not question.people:
        another = _ANOTHER_OFFICE.search(fact.topic) and not _ANOTHER_OFFICE.search(question.text)
        score -= 0.14 if another else 0.0
    return score


def _put_off(document: Document, fact: Fact, question: Question) -> float:
    """The date to which a thing was moved is the one that holds, unless the first one is asked for."""
    later = [f for f in _by_sentence(document)[fact.span] if _PUT_OFF.search(_before(document, f))]
    if not later:
        return 0.0
    return 0.15 if (fact in later) != bool(_AT_FIRST.search(question.text)) else -0.15


def _before(document: Document, fact: Fact) -> str:
    return document.text[fact.span.start : fact.value_span.start]


def _said_of_it(context: Context, fact: Fact) -> float:
    """The weight of the question's words that stand between the number and the next one: what it counts."""
    counted = stems(re.split(r"\d| … ", fact.topic)[0])
    return sum(
        context.knowledge.rarity.weight(t.stem)
        for t in context.question.topic
        if match(t, counted, (), ()) is not Where.NOWHERE
    )


_IN_ALL = re.compile(r"\b(?:total|in all|altogether|overall|out of)\b", re.I)
_OF_SO_MANY = re.compile(r"\d\)?\s+of\s+(?:the|its|their|all|these|those)?\s*$|\bof the\s*$", re.I)  # "nine of the 112"
_OWN_DATES = re.compile(r"^(?:inspection|visit)s? dates?\b|^dates? of (?:the )?(?:inspection|visit)", re.I)
_INSPECTED = re.compile(r"^(?!.*\bwill\b).*\b(?:inspect|visit)", re.I)
_PUT_OFF = re.compile(
    r"\b(?:delayed|postponed|deferred|put (?:back|off)|extended|moved|changed|rescheduled|brought forward|slipped)"
    r"(?: \w+){0,3} (?:until|till|to)\s+(?:\w+\s+)?$",
    re.I,
)
_AT_FIRST = re.compile(r"\b(?:original(?:ly)?|first|initially|at first|before|previous(?:ly)?)\b", re.I)
_PAST = re.compile(r"^(?:and |so )?(?:when|what dates?|on what)\b.*?\b(?:was|were|did|took)\b", re.I)
_TO_COME = re.compile(r"\b(?:will be|next)\b", re.I)
_COUNTS = frozenset({"count", "percentage", "amount", "rate"})
_ALIKE = dict.fromkeys(_COUNTS, _COUNTS) | {
    "date": frozenset({"date", "deadline"}),
    "deadline": frozenset({"date", "deadline"}),
    "duration": frozenset({"duration"}),
}


def _behind_its_neighbours(context: Context, document: Document, fact: Fact) -> float:
    """What a value loses to another of its sort in the same sentence that stands among more of the question's words."""
    alike = _ALIKE.get(fact.kind)
    if alike is None:
        return 0.0
    others = [f for f in _by_sentence(document)[fact.span] if f.kind in alike and f is not fact]
    if fact.kind == "deadline":  # "within six months, that is by 3 May" is one deadline told twice
        others = [f for f in others if _is_day(f) and _is_day(fact)]
    if not others:
        return 0.0
    ahead = max(_said_beside_it(context, document, other) for other in others)
    return -0.2 * max(0.0, ahead - _said_beside_it(context, document, fact))


def _is_day(fact: Fact) -> bool:
    return (fact.normalised or "")[:1].isdigit()


@lru_cache(maxsize=4_096)
def _by_sentence(document: Document) -> Mapping[Span, tuple[Fact, ...]]:
    found: dict[Span, tuple[Fact, ...]] = {}
    for fact in document.facts:
        found[fact.span] = (*found.get(fact.span, ()), fact)
    return found


_JOINT = re.compile(r"[,;:]\s|\band\b|\bbut\b|\bwhile\b|\bof which\b")


def _said_beside_it(context: Context, document: Document, fact: Fact) -> float:
    """The weight of the question's words in the stretch of the sentence, from joint to joint, that has the number."""
    before = _before(document, fact)
    after = document.text[fact.value_span.end : fact.span.end]
    start = max((m.end() for m in _JOINT.finditer(before)), default=0)
    joint = _JOINT.search(after)
    beside = stems(f"{before[start:]} {after[: joint.start()] if joint else after}")
    return sum(context.knowledge.rarity.weight(t.stem) for t in context.question.topic if t.stem in beside)


def _office_suits(context: Context, fact: Fact) -> float:
    """ "The leader of the council" is rather the "Leader of the council" than a "group leader"; 0.1 to -0.06."""
    office = stems(fact.topic)
    asked = {t.stem for t in context.question.topic if t.stem in office}
    if not office or not asked:
        return 0.0
    known = {t.stem for t in context.question.terms} | {s for n in context.question.subjects for s in stems(n.shown)}
    extra = [word for word in dict.fromkeys(office) if word not in known]
    return 0.1 * len(asked) / max(1, len(context.question.topic)) - min(0.06, 0.02 * len(extra))


_WHO_WROTE = re.compile(WHO_WROTE, re.I)  # not who got it


_WHOSE_NAME = re.compile(r"\bname of\b|\bwho(?:['’]s| is| was) (?:the|your|our|its|their)\b|\bcalled\b", re.I)
_OFFICE_WORD = re.compile(
    r"\b(?:chief|director|officer|secretary|manager|chair\w*|constable|executive|head|leader|inspector|commissioner)\b",
    re.I,
)


def _is_the_office_asked(question: Question, fact: Fact) -> bool:
    """Whether the "name" is the office itself: "the Chief Constable" does not say who that is."""
    if not _WHOSE_NAME.search(question.text) or not _OFFICE_WORD.search(fact.value):
        return False
    office = [t.stem for t in question.topic if t.stem != "name"]
    return bool(office) and set(office) <= set(stems(fact.value))


_ANOTHER_OFFICE = re.compile(r"\b(?:deputy|vice|assistant|former|acting|interim|shadow)\b", re.I)
_EARLIER = re.compile(r"\b(?:last|previous(?:ly)?|earlier|prior|since|before|in (?:19|20)\d\d)\b", re.I)
_GRADED = re.compile(r"\b(?:grade[ds]?|rated|rating)\b", re.I)
_GRADE = re.compile(
    r"\b(?:outstanding|good|inadequate|adequate|excellent|satisfactory|unsatisfactory|require[sd]? improvement"
    r"|special measures|met|assurance|pass|fail|compliant|poor)\b",
    re.I,
)
_OVERALL = re.compile(r"\boverall\b", re.I)


def _of_today(document: Document, fact: Fact, question: Question) -> float:
    """A judgement of this document rather than one that it looks back on; the overall one where no part is named."""
    score = 0.0 if _GRADE.search(fact.value) or not _GRADED.search(question.text) else -0.3
    clause = document.clause(fact.clause)
    if clause is not None and clause.kind is ClauseKind.ROW:
        score += 0.1
    elif _EARLIER.search(fact.span.of(document.text)) and not _EARLIER.search(question.text):
        score -= 0.2
    said = stems(fact.topic)
    parts = [t for t in question.topic if t.stem not in words_of("judgement")]
    if _OVERALL.search(fact.topic) and (not parts or _OVERALL.search(question.text)):
        score += 0.15
    elif not any(match(t, said, (), ()) is not Where.NOWHERE for t in parts) and _OVERALL.search(question.text):
        score -= 0.1
    return score


_HOW_MANY = re.compile(r"\bhow many (?:\w+ )?(day|week|month|year)s?\b", re.I)


def _unit_asked(question: Question, fact: Fact) -> float:
    """ "How many days" is answered in days."""
    asked = _HOW_MANY.search(question.text)
    if asked is None or fact.kind not in ("duration", "interval", "deadline"):
        return 0.0
    return 0.2 if re.search(rf"\b{asked[1]}s?\b", fact.value, re.I) else -0.3


_NUMBER_OF = re.compile(r"\bnumber of ([\w'’-]+)(?: ([\w'’-]+))?", re.I)
_COUNTED = re.compile(r"\bhow many ([\w'’-]+)(?: ([\w'’-]+))?", re.I)


def _head_counted(question: Question, fact: Fact) -> float:
    """ "How many adoptions" is answered by a count of adoptions rather than of adoption orders."""
    asked = _COUNTED.search(question.text)
    counted = stems(fact.normalised or "")
    if asked is None or len(counted) < 2:
        return 0.0
    nouns = stems(" ".join(word for word in asked.groups() if word))
    if counted[-1] in nouns:
        return 0.06
    return -0.06 if set(nouns) & set(counted) else 0.0


def counts_another_thing(question: Question, fact: Fact) -> bool:
    """ "How many children" is not answered by a count of areas."""
    asked = _COUNTED.search(question.text) or _NUMBER_OF.search(question.text)
    if asked is None or fact.kind not in ("count", "percentage", "interval", "amount"):
        return False
    said = [g for g in asked.groups() if g]
    nouns = [t for t in question.topic if t.stem in stems(" ".join(said)) and not t.word.isdigit()]
    deed = [
        t for t in nouns if len(said) > 1 and not said[1].endswith(("s", "people", "children")) and t.word in said[1]
    ]
    if any(match(t, stems(fact.topic), (), ()) is not Where.NOWHERE for t in deed):
        return False  # "how many neighbours object": what they do is said of the number
    if fact.kind == "count" and (fact.normalised or "").isdigit():
        return False  # of what the lead-in names
    if fact.kind in ("interval", "amount"):
        counted = stems(f"{fact.value} {fact.topic}")
    else:
        counted = stems(f"{fact.normalised or ''} {' '.join(fact.topic.split()[:4])}")
    return bool(nouns) and all(match(t, counted, (), ()) is Where.NOWHERE for t in nouns)
