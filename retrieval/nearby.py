"""Evidence near the last answer: the clauses it cited and those beside them answer a question that points back."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.notice import Document
from retrieval.context import Context
from retrieval.draft import Draft, Line, Quote, answered, flat
from retrieval.evidence.covering import Where, denies, match
from retrieval.evidence.scored import Scored
from retrieval.evidence.units import facts_in
from retrieval.fitting import AGENT, TIMED
from retrieval.followup.forms import ELLIPTIC
from retrieval.kinds import words_of
from retrieval.passages.shown import passage
from retrieval.pointing import neighbour
from retrieval.question import Question, Term
from retrieval.wants import KINDS, Want
from retrieval.words import fold, stem, stems

CITED, MANY_CITED, BESIDE = 0.2, 0.1, 0.08  # what nearness adds to the score of a clause
WEAKLY = 0.2  # share of that where the question does not point back
_FORM = frozenset(
    stem(w) for w in "until since last stop end start begin long often many much when apply applying".split()
)
_ONCE = re.compile(r"\b(?:one-?\s?off|just once|only once|single (?:payment|event)|once only)\b", re.I)
_RECURRING = re.compile(
    r"\b(?:annual(?:ly)?|yearly|monthly|weekly|daily|quarterly|every|each (?:year|month|week|day)"
    r"|(?:a|per) (?:year|month|week)|ongoing|recurring|regular(?:ly)?)\b",
    re.I,
)


def bonuses(
    cited: Iterable[tuple[str, str]], documents: Iterable[Document], *, pointing: bool = True
) -> dict[tuple[str, str], float]:
    """What nearness to the clauses cited last adds to the score of each clause, by (document, clause)."""
    places = set(cited)
    share = 1.0 if pointing else WEAKLY
    strength = share * (CITED if len(places) <= 2 else MANY_CITED)
    found: dict[tuple[str, str], float] = {}
    for document in documents:
        for clause in document.clauses:
            if (document.id, clause.label) not in places:
                continue
            found[document.id, clause.label] = strength
            beside = [neighbour(document, clause, step) for step in (-1, 1)]
            related = [c for c in document.clauses if c.parent == clause.label or c.label == clause.parent]
            for other in (*(c for c in beside if c is not None), *related):
                if (document.id, other.label) not in places:
                    found.setdefault((document.id, other.label), share * BESIDE)
    return found


def answer_nearby(context: Context) -> Draft | None:
    """The sentence near the last answer that has every word of its own and the kind of value that is asked for."""
    near = [s for s in context.ranked if (s.unit.document.id, s.unit.clause.label) in context.near]
    if not near:
        return None
    if context.question.want is Want.YES_NO:
        return _settled(context, near)
    own = [t for t in context.question.topic if not _is_of_the_form(context, t)]
    for scored in near:
        cited = context.near[scored.unit.document.id, scored.unit.clause.label] == max(context.near.values())
        if all(_covers(scored, t) for t in own) and _has_what_is_asked(context, scored, bool(own), cited):
            return answered(
                passage(context, scored),
                confidence=0.4,
                because=f"beside what was cited last: {scored.unit.document.id} {scored.unit.clause.label}",
            )
    return None


def _is_of_the_form(context: Context, term: Term) -> bool:
    kinds = [kind for want in context.question.wants if want in KINDS for kind in KINDS[want].first]
    return term.stem in _FORM or any(term.stem in words_of(kind) for kind in kinds)


def _covers(scored: Scored, term: Term) -> bool:
    return match(term, scored.unit.own, scored.unit.context, ()) is not Where.NOWHERE


def _has_what_is_asked(context: Context, scored: Scored, has_topic: bool, cited: bool) -> bool:
    question, unit = context.question, scored.unit
    want = question.want
    if want is Want.PERSON:
        return cited and AGENT.search(question.text) is not None
    if want in (Want.DATE, Want.DEADLINE, Want.DURATION):
        return bool(facts_in(unit, (*KINDS[want].first, "duration"))) or TIMED.search(unit.text) is not None
    if want is Want.ORGANISATION and cited and has_topic:
        return True
    if want in KINDS and want is not Want.ROLE:
        return bool(facts_in(unit, KINDS[want].first))
    return has_topic


def _settled(context: Context, near: list[Scored]) -> Draft | None:
    """Yes or no from what was cited last, or from the one sentence of its document that has the predicate's word."""
    question = context.question
    if len(question.topic) != 1:
        return None
    term = question.topic[0]
    speaking = [s for s in context.ranked if term.stem in s.unit.own or denies(s.unit, term)]
    if len({s.unit.key for s in speaking}) != 1:
        return None
    return _said(speaking[0], False) if denies(speaking[0].unit, term) else None


def one_off(context: Context) -> Draft | None:
    """ "Was it a one-off?": no, where what was cited last says that it recurs."""
    if not context.near or not _ONCE.search(context.question.text):
        return None
    near = [s for s in context.ranked if (s.unit.document.id, s.unit.clause.label) in context.near]
    near.sort(key=lambda s: -context.near[s.unit.document.id, s.unit.clause.label])
    recurring = next((s for s in near if _RECURRING.search(s.unit.text)), None)
    return _said(recurring, False) if recurring else None


def _said(scored: Scored, verdict: bool) -> Draft:
    word = "Yes" if verdict else "No"
    return answered(
        [Line(f"{word}: {flat(scored.unit.text)}", (Quote.of_unit(scored.unit),), derived=frozenset({fold(word)}))],
        value=word.casefold(),
        confidence=0.5,
        because=f"{word.casefold()} by {scored.unit.document.id} {scored.unit.clause.label}, near what was cited last",
    )


def lacks(question: Question, draft: Draft) -> bool:
    """Whether an elliptical "and the finance committee?" is answered from words that do not have it."""
    if not ELLIPTIC.search(question.text) or not 0 < len(question.topic) <= 3 or question.want is not Want.OPEN:
        return False
    quotes = [quote for line in draft.lines for quote in line.quotes]
    return bool(quotes) and not all(
        any(match(t, stems(q.text), stems(q.clause.heading or ""), ()) is not Where.NOWHERE for q in quotes)
        for t in question.topic
    )
