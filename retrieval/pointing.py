"""Questions about the last answer itself: its clause, its exact words, the clause before or after, what else."""

from __future__ import annotations

from enum import Enum

from ingest.notice import Clause, ClauseKind, Document
from retrieval.conversation import Turn
from retrieval.draft import Draft, Line, Quote, answered, not_found, number_word
from retrieval.knowledge import Knowledge
from retrieval.labels import label_of
from retrieval.lookup import whole
from retrieval.question import Question
from retrieval.words import stem

MOST = 4  # clauses shown at once


class Pointing(Enum):
    """What a question asks of the last answer."""

    PLACE = "where it stands"
    WORDS = "its exact words"
    NEXT = "the clause after it"
    BEFORE = "the clause before it"
    ELSE = "what else stands there"
    COUNT = "how many items it has"


_PAPER = r"(?:clause|paragraph|para|section|page|part|point|item|document|paper|notice|letter|report|article|source)"
_PLACE = (
    (
        rf"^(?:and )?(?:in |from |under )?(?:which|what) {_PAPER}(?: number)?(?:'s| is| was| says?| said| does| did"
        r"| are| has)? ?(?:that|this|it|they|those)?\b.{0,24}$"
    ),
    (
        r"\bwhere (?:does|did|do|is|was|are|has) (?:it|that|this|they|these|those|you|(?:that|this) \w+)\b.{0,12}"
        r"\b(?:say|said|come|from|get|got|find|found|stand|written|stated|appear)\b"
    ),
    r"^(?:and )?where(?:'s| is| was) (?:that|this|it)(?: \w+)?(?: from)?\s*\??$",
    r"^(?:what(?:'s| is) (?:the|your) )?source\s*\??$",
    rf"^{_PAPER} (?:number|no)\s*\??$",
    r"^how do you know\b",
)
_WORDS = (
    r"\b(?:exact|precise|full|actual|very|original)\b.{0,20}\b(?:words?|wording|text|clause|sentence|quot\w+)\b",
    r"\bword for word\b|\bverbatim\b|\bin full\b",
    r"^(?:please )?(?:quote|read)(?: me)? (?:it|that|the)\b",
)
_NEXT = (
    r"\b(?:next|following) (?:one|clause|paragraph|para|point|item|section)\b",
    r"\bone after\b",
    r"^(?:and )?(?:the )?next\s*\??$",
)
_BEFORE = (
    r"\b(?:previous|preceding|last) (?:clause|paragraph|para|point|item)\b",
    r"\bprevious one\b|\bone before\b",
)
_ELSE = (r"^(?:and )?(?:(?:is|are|was|were) there )?(?:any(?:one|body|thing)|who|what) else\b.{0,24}$",)
_FORMS = (
    (Pointing.PLACE, _PLACE),
    (Pointing.WORDS, _WORDS),
    (Pointing.NEXT, _NEXT),
    (Pointing.BEFORE, _BEFORE),
    (Pointing.ELSE, _ELSE),
    (Pointing.COUNT, (r"^(?:and )?how many (?:items|points|parts|things|sub-?paragraphs|entries)\b",)),
)
_SAYING = frozenset(
    stem(w)
    for w in (
        "next previous following before after else exact precise full actual original word words wording text quote "
        "items points parts things entries list verbatim figure number "
        "date source sentence written found place come clause paragraph read"
    ).split()
)


_OF_A_THING = (
    r"^(?:and |so |but )?(?:when|who|how|why)\b"  # "and when was the previous one?": the visit, not the clause
)


def points_at(question: Question) -> Pointing | None:
    """What the question asks of the last answer; None when it says what it is about itself."""
    if question.subjects or question.people or question.references or question.dates:
        return None
    if any(t.stem not in _SAYING for t in question.topic):
        return None
    form = next((form for form, patterns in _FORMS if any(question.says(p) for p in patterns)), None)
    of_a_thing = form in (Pointing.NEXT, Pointing.BEFORE) and question.says(_OF_A_THING)
    return None if of_a_thing else form


def answer_pointing(form: Pointing, last: Turn, knowledge: Knowledge) -> Draft | None:
    """The clauses cited last, or those beside them, whole and with their place."""
    places = _places(last, knowledge)
    if not places:
        return None
    if form in (Pointing.NEXT, Pointing.BEFORE):
        return _step(places, form)
    if form is Pointing.COUNT:
        return _counted(_wider(places))
    if form is Pointing.ELSE:
        places = _wider(places)
    lines: list[Line] = []
    for document, clause in places[:MOST]:
        lines += whole(document, clause, place_of(document, clause))
    first = places[0][1].label
    return answered(
        lines,
        value=first if form is Pointing.PLACE and len(places) == 1 else None,
        confidence=0.9,
        because=f"{form.value}: {', '.join(c.label for _, c in places[:MOST])}",
    )


def _counted(places: list[tuple[Document, Clause]]) -> Draft | None:
    """How many items the one list cited has, with the list as the working; None where no list was cited."""
    lists = [(d, c) for d, c in places if any(x.parent == c.label for x in d.clauses)]
    if len(lists) != 1:
        return None
    document, clause = lists[0]
    number = sum(c.parent == clause.label for c in document.clauses)
    said = number_word(number)
    head = Line(
        f"{said.capitalize()} (counted).",
        (Quote.of_clause(document, clause),),
        derived=frozenset({said, str(number), "counted"}),
    )
    return answered(
        (head, *whole(document, clause)), value=str(number), confidence=0.8, because=f"items of {clause.label}"
    )


def place_of(document: Document, clause: Clause) -> str:
    """Where a clause stands, to be shown before its words: "Ambridge Council, notice, clause 5(b)"."""
    word = "clause " if clause.label[:1].isdigit() else ""
    return f"{document.subject or document.title}, {document.kind}, {word}{clause.label}"


def _places(last: Turn, knowledge: Knowledge) -> list[tuple[Document, Clause]]:
    documents = {d.id: d for d in knowledge.documents}
    found = [
        (documents[i], clause)
        for i, label in last.clauses
        if i in documents and (clause := documents[i].clause(label)) is not None
    ]
    held = {(d.id, c.label) for d, c in found}
    return [(d, c) for d, c in found if (d.id, c.parent) not in held]


def _step(places: list[tuple[Document, Clause]], form: Pointing) -> Draft:
    """The clause after the last, or before the first, cited of each document."""
    ends: dict[str, tuple[Document, Clause]] = {}
    for document, clause in places:
        if form is Pointing.NEXT or document.id not in ends:
            ends[document.id] = (document, clause)
    documents = [d for d, _ in ends.values()]
    several = len(documents) > 1
    lines: list[Line] = []
    none: list[str] = []
    for document, clause in ends.values():
        beside = neighbour(document, clause, 1 if form is Pointing.NEXT else -1)
        if beside is None:
            where = "after" if form is Pointing.NEXT else "before"
            none.append(
                f"There is no clause {where} {clause.label} in the {label_of(document, documents)} {document.kind}."
            )
        else:
            lines += whole(document, beside, label_of(document, documents) if several else "")
    if not lines:
        return not_found(" ".join(none), because="no such neighbour")
    return answered(lines, confidence=0.95, because=form.value)


def neighbour(document: Document, clause: Clause, step: int) -> Clause | None:
    """The clause `step` places on (or back, below 0) among those of its own level; None past either end."""
    level = [c for c in document.clauses if c.parent == clause.parent and c.kind is not ClauseKind.BLOCK]
    at = next((i for i, c in enumerate(level) if c.label == clause.label), None)
    if at is not None and 0 <= at + step < len(level):
        return level[at + step]
    parent = document.clause(clause.parent) if clause.parent else None
    return neighbour(document, parent, step) if parent is not None else None


def _wider(places: list[tuple[Document, Clause]]) -> list[tuple[Document, Clause]]:
    """The whole list that an item stands in; for a clause that stands alone, the clause itself and the next."""
    found: dict[tuple[str, str], tuple[Document, Clause]] = {}
    for document, clause in places:
        parent = document.clause(clause.parent) if clause.parent else None
        wider = [parent or clause]
        has_items = any(c.parent == wider[0].label for c in document.clauses)
        if not has_items and clause.kind is ClauseKind.NUMBERED and (after := neighbour(document, clause, 1)):
            wider.append(after)
        for one in wider:
            found.setdefault((document.id, one.label), (document, one))
    return list(found.values())
