"""Follow-ups: what a question lacks (subject, document, what is asked, topic) is filled from the last turns.

Filling happens before search, never by gluing texts together.  A named subject always wins over the remembered one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ingest.notice import Document
from retrieval.collective import FIRST, LAST
from retrieval.conversation import Turn, asked_last
from retrieval.evidence.units import units
from retrieval.kinds import OF_THE_DOCUMENT, picked
from retrieval.knowledge import Knowledge
from retrieval.names.known import Mention, Name, NameKind, Reading
from retrieval.question import Question, Term
from retrieval.references import ClauseReference
from retrieval.wants import KINDS, Want
from retrieval.words import stem, stem_set, stems

_PERSON = re.compile(r"\b(?:he|she|him|her|his|hers)\b", re.I)
_POINTING = re.compile(
    r"\b(?:it|its|they|them|their|theirs|this|that|those|these|he|she|him|his|her|there|one|same)\b", re.I
)
ELLIPTIC = re.compile(
    r"^(?:ok(?:ay)?,?\s+|so,?\s+|and,?\s+|but,?\s+|no,?\s+|sorry,?\s+|wait,?\s+|actually,?\s+|oops,?\s+)*(?:(?:what|how)"
    r" about|and|what of|same (?:for|question for|in)|also|ditto(?: for)?|now for|for|in|i meant?|i was asking about"
    r"|out of|not)\b",
    re.I,
)
_OTHERS = re.compile(
    r"^(?:and |what about |how about |what of |for |in )*(?:(?:all |each )?(?:of )?the )?"
    r"(?:others?|rest|remaining)(?: (?:one|two|three|four|five|\d+|ones|\w+s))?(?: too| as well)?\s*\??$",
    re.I,
)
_SAME = re.compile(
    r"^(?:and )?(?:is|was|are|were|does|do|did) (?:it|that|this|they|those|these|the same)\b.*\b(?:same|apply|true"
    r"|different|so)\b",
    re.I,
)
_COMPARE = re.compile(
    r"^(?:and )?(?:how (?:does|do|did) (?:it|that|this|they|those|these) compare|compare (?:it|that|this|them))\b", re.I
)
_MORE_OF = re.compile(r"\b(?:else|others?|another|any more)\b", re.I)
_PLURAL = re.compile(r"\b(?:they|them|their|these|those)\b", re.I)
_AMONG = re.compile(
    r"\b(?:of|among|between) (?:them|these|those|the (?:two|three|four|five))\b|^(?:and )?wh(?:ich|o) (?:one )?", re.I
)
_FAILING = re.compile(
    r"\bif\b.*\b(?:not|\w+n't|fails?|miss(?:es|ed)?|late|ignores?|refuses?|breach\w*|cannot|overruns?)", re.I
)
_EMPTY = frozenset(stem(w) for w in "else one ones others two three figure number thing".split())
BORROWED = 3  # words of the last question that a pronoun may stand for


@dataclass(frozen=True, slots=True)
class Filled:
    """A follow-up made whole: the question, the documents it stays in (empty: no limit), and what was filled."""

    question: Question
    documents: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    near: frozenset[tuple[str, str]] = frozenset()  # clauses cited last, for what is asked about the same thing
    pointing: bool = True  # it points back to them ("it", "these", "and …")
    whole: bool = False  # nothing of the question stands by itself: it is the last one, asked of something else
    each: tuple[Question, ...] = field(default=())  # asked one by one, in the place of `question`


def fill(question: Question, turns: tuple[Turn, ...], knowledge: Knowledge | None = None) -> Filled:
    """Fill what the question lacks from the last turns; a question that lacks nothing is returned as it is."""
    if not turns:
        return Filled(question)
    last = turns[-1]
    question = _without_denied(question)
    bare = _bare(question)
    named = bool(question.subjects or question.people or question.organisations)
    if knowledge is not None and _OTHERS.search(question.text) and (others := _others(last, knowledge)):
        each = tuple(_retarget(last.question, _naming(name)) for name in others)
        return Filled(question, (), ("the last question, asked of the others",), whole=True, each=each)
    if question.subjects and last.question.subjects and (_SAME.search(question.text) or _COMPARE.search(question.text)):
        return _same_for(question, last)
    if named and (bare or (ELLIPTIC.search(question.text) and not question.topic and question.wants == (Want.OPEN,))):
        again = tuple(_retarget(turn.question, question) for turn in asked_last(turns))
        return Filled(
            again[-1],
            (),
            ("the last question, asked of the name given",),
            near=_twins(last.clauses, question.subjects, knowledge) if knowledge is not None else frozenset(),
            whole=True,
            each=again if len(again) > 1 else (),
        )
    if not question.people and _PERSON.search(question.text) and (people := last.people or last.question.people):
        question = _with_names(question, people[:1])
        if _MORE_OF.search(question.text) and "signatory" in picked(question.text) and not question.subjects:
            asked = replace(question, text=f"which documents did {people[0].shown} sign", wants=(Want.OPEN,), terms=())
            return Filled(asked, (), (f"all that {people[0].shown} signed",), whole=True)
    if question.subjects:
        return Filled(question)
    if number := _next_number(question, last):
        question = number
    if question.kinds and bare:
        moved = _of_another_kind(question, last.question, knowledge)
        return Filled(moved, (), ("the last question, asked of the kind of document given",), whole=True)
    if among := _among(question, last):
        return among
    inherited = _last_names(turns)
    if question.references and not question.kinds:
        return Filled(_with_names(question, inherited), last.documents, ("the document of the last answer",))
    if bare and not named and not question.references:
        return Filled(last.question, last.documents, ("the last question again",), whole=True)
    if _asks_only_the_form(question) and not named:
        asked = replace(last.question, wants=question.wants, text=f"{question.text.rstrip(' ?')} {last.question.text}")
        return Filled(
            asked, last.documents, ("the last question's topic",), near=frozenset(last.clauses[:2]), whole=True
        )
    pointing = _POINTING.search(question.text) is not None or ELLIPTIC.search(question.text) is not None
    if question.people and not pointing:
        return Filled(question)
    question = _asked_as_before(question, last)
    if pointing and not question.people and knowledge is not None:
        question = _with_topic(question, last, knowledge)
    return Filled(
        _with_names(question, inherited),
        last.documents
        if pointing and not question.kinds and (len(set(last.documents)) == 1 or _PLURAL.search(question.text))
        else (),
        tuple(f"about {name.shown}, as before" for name in inherited)
        or (("as cited last",) if pointing and last.clauses else ()),
        frozenset(last.clauses),
        pointing=pointing,
    )


_NUMBER = re.compile(
    r"^(?:and |what about |how about |then )*(?:number |no\.? )?(\d{1,3}(?:\.\d{1,3})*)\s*\(?([a-z])?\)?\s*\??$", re.I
)


_LETTER = re.compile(r"^(?:and |what about |how about |then )*\(?([a-z])\)?\s*\??$", re.I)


def _next_number(question: Question, last: Turn) -> Question | None:
    """ "And 10?" after a clause was asked for by its number."""
    found = _NUMBER.match(question.text)
    before = last.question.references
    letter = _LETTER.match(question.text)
    if letter and before and (stem_of := re.match(r"[\w.]+(?=\()", before[-1].label)):
        label = f"{stem_of[0]}({letter[1].lower()})"
        return replace(question, references=(ClauseReference(label, letter[1]),), terms=())
    if found is None or not before or question.references:
        return None
    label = found[1] + (f"({found[2].lower()})" if found[2] else "")
    return replace(question, references=(ClauseReference(label, found[1]),), terms=())


def _of_another_kind(question: Question, last: Question, knowledge: Knowledge | None) -> Question:
    """The last question, asked of another kind of paper; its subject stays only where it has such a paper."""
    moved = replace(last, kinds=question.kinds, described=question.described, paper_dates=question.paper_dates)
    held = frozenset().union(*(name.documents for name in last.subjects))
    if knowledge is None or any(d.id in held and d.kind in question.kinds for d in knowledge.documents):
        return moved
    others = tuple(m for m in last.names.mentions if m.name.kind is not NameKind.SUBJECT)
    return replace(moved, names=replace(last.names, mentions=others))


def _without_denied(question: Question) -> Question:
    """ "Not Ambridge, Borchester": a name that is set aside is not asked about where another is."""
    kept = tuple(
        m for m in question.names.mentions if not re.search(r"\bnot $", question.text[: m.start], re.I) or m.end == 0
    )
    if not kept or len(kept) == len(question.names.mentions):
        return question
    return replace(question, names=replace(question.names, mentions=kept))


def _bare(question: Question) -> bool:
    """Whether the question has nothing but a name, a kind or a pointing word ("and Ambridge?")."""
    plain = question.wants == (Want.OPEN,) or (
        question.wants == (Want.COMPARISON,) and ELLIPTIC.search(question.text) is not None
    )
    return plain and not question.topic and not question.references and not question.dates


def _asks_only_the_form(question: Question) -> bool:
    """Whether nothing but what is asked for stands in the question ("why?", "since when?", "by whom?")."""
    return (
        (not question.topic or question.says(r"^(?:and )?since when\s*\??$"))
        and not question.dates
        and question.wants != (Want.OPEN,)
        and len(question.text.split()) <= 3
    )


def _last_names(turns: tuple[Turn, ...]) -> tuple[Name, ...]:
    for turn in reversed(turns):
        if turn.question.subjects:
            return turn.question.subjects
    return ()


def _others(last: Turn, knowledge: Knowledge) -> tuple[Name, ...]:
    """The subjects that the last answer left out, with a document of a kind that it cited."""
    documents = {d.id: d for d in knowledge.documents}
    kinds = {documents[i].kind for i in last.documents if i in documents}
    told = set(last.documents).union(*(name.documents for name in last.question.subjects))
    return tuple(
        name
        for name in sorted(knowledge.names.subjects, key=lambda n: n.shown)
        if not name.documents & told
        and any(not kinds or documents[i].kind in kinds for i in name.documents if i in documents)
    )[:6]


def _same_for(question: Question, last: Turn) -> Filled:
    """ "Is that the same for Ambridge?": the last question asked of both, and compared."""
    names = tuple(dict.fromkeys((*last.question.subjects, *question.subjects)))
    yes_no = (Want.YES_NO,) if Want.YES_NO in question.wants else ()
    asked = _retarget(last.question, question)
    asked = replace(
        asked,
        text=f"{last.question.text.rstrip(' ?')}: the same",
        names=replace(asked.names, mentions=tuple(Mention(name, 0, 0) for name in names)),
        wants=tuple(dict.fromkeys((Want.COMPARISON, *yes_no, *last.question.wants))),
    )
    return Filled(asked, (), ("the last question, asked of both and compared",), whole=True)


def _among(question: Question, last: Turn) -> Filled | None:
    """ "Which of them was first?": a superlative over the documents cited last."""
    superlative = FIRST.search(question.text) or LAST.search(question.text)
    if not superlative or not _AMONG.search(question.text) or len(set(last.documents)) < 2:
        return None
    dated = [want for want in last.question.wants if want in KINDS]
    asked = replace(
        question,
        terms=(),
        kinds=question.kinds or last.question.kinds,
        wants=tuple(dict.fromkeys((*dated, *question.wants))),
        text=f"{question.text.rstrip(' ?')}: {last.question.text}" if dated else question.text,
    )
    return Filled(asked, last.documents, ("among the documents of the last answer",), whole=True)


def _asked_as_before(question: Question, last: Turn) -> Question:
    """ "And the alarms?" asks of them what was asked before: by when, how often, how much."""
    if (
        question.wants == (Want.OPEN,)
        and ELLIPTIC.search(question.text)
        and question.topic
        and last.question.want in KINDS
        and last.question.want is not Want.PERSON
    ):
        return question.wanting(*last.question.wants)
    if question.want is Want.CONSEQUENCE and _FAILING.search(question.text):
        failing = (Term("fail", stem("fail")), Term("comply", stem("comply")))
        return replace(question, terms=failing, behind="fails to comply")
    return question


def _with_topic(question: Question, last: Turn, knowledge: Knowledge) -> Question:
    """What a pronoun stands for: words of the last question that the clauses cited for it have."""
    own = [t for t in question.topic if t.stem not in _EMPTY]
    if len(own) > 2 or question.want is Want.CONSEQUENCE:
        return question
    if any(kind in OF_THE_DOCUMENT for kind in picked(question.text)):
        return question
    held = {s for unit in _units_of(last.clauses, knowledge.documents) for s in (*unit.own, *unit.context)}
    mine = {t.stem for t in question.terms} | {s for m in last.question.names.mentions for s in stems(m.name.shown)}
    words = [t for t in last.question.topic if t.stem in held and t.stem not in mine][:BORROWED]
    if not words:
        return replace(question, terms=tuple(t for t in question.terms if t.stem not in _EMPTY))
    return replace(
        question,
        terms=(
            *(t for t in question.terms if t.stem not in _EMPTY),
            *(replace(t, borrowed=True) for t in words),
        ),
        behind=" ".join(t.word for t in words),
    )


def _units_of(clauses: Iterable[tuple[str, str]], documents: Iterable[Document]):  # type: ignore[no-untyped-def]
    wanted = set(clauses)
    ids = {document for document, _ in wanted}
    return [u for d in documents if d.id in ids for u in units(d) if (d.id, u.clause.label) in wanted]


def _twins(
    clauses: Iterable[tuple[str, str]], names: Iterable[Name], knowledge: Knowledge
) -> frozenset[tuple[str, str]]:
    """Clauses of the named subjects' documents that read like those of the same number cited last."""
    ids = frozenset().union(*(name.documents for name in names))
    found: set[tuple[str, str]] = set()
    for unit in _units_of(clauses, knowledge.documents):
        for document in knowledge.documents:
            twin = document.clause(unit.clause.label) if document.id in ids else None
            if twin is not None:
                a, b = set(unit.own), stem_set(twin.span.of(document.text))
                if len(a & b) >= 0.5 * len(a | b):
                    found.add((document.id, twin.label))
    return frozenset(found)


def _naming(name: Name) -> Question:
    """A question with nothing but a name."""
    reading = Reading((Mention(name, 0, 0),))
    return Question(name.shown, (Want.OPEN,), reading, (), (), frozenset(), ())


def _with_names(question: Question, names: tuple[Name, ...]) -> Question:
    mentions = tuple(Mention(name, 0, 0) for name in names)
    return replace(question, names=replace(question.names, mentions=(*question.names.mentions, *mentions)))


def _retarget(last: Question, now: Question) -> Question:
    """The last question with the names of this one in the place of its own of the same kind."""
    kinds = {mention.name.kind for mention in now.names.mentions}
    kept = tuple(m for m in last.names.mentions if m.name.kind not in kinds)
    text = last.text
    if NameKind.SUBJECT in kinds:
        new = now.subjects[0].shown
        for mention in sorted(last.names.mentions, key=lambda m: -m.start):
            if mention.name.kind is NameKind.SUBJECT and mention.end > mention.start:
                text = text[: mention.start] + new + text[mention.end :]
        for typed in last.names.unknown:
            text = re.sub(rf"\b{re.escape(typed)}\b", new, text)
    unknown = {stem(word) for typed in last.names.unknown for word in typed.split()}
    return replace(
        last,
        text=text,
        names=Reading((*kept, *now.names.mentions), now.names.unknown, now.names.suggestions),
        kinds=now.kinds or last.kinds,
        terms=tuple(t for t in last.terms if t.stem not in unknown),
    )
