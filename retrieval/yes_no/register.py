"""Yes/no questions that the register settles: who holds a post, who signed, to whom, under what law, on what date."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.facts.law import find_law
from ingest.notice import Document, Fact
from retrieval.context import Context
from retrieval.draft import Draft, Line, Quote, answered, flat
from retrieval.kinds import picked, words_of
from retrieval.question import Question
from retrieval.values.answer import ENOUGH
from retrieval.values.match import Match
from retrieval.values.matches import matches
from retrieval.wants import Want
from retrieval.words import STOP, content_stems, fold, stem, stems
from retrieval.yes_no.claim import Claim, claim_of
from retrieval.yes_no.polarity import excluded, opposed


def by_register(context: Context) -> Draft | None:
    """A question that names a date, a person, an address or a provision, settled by the fact of that kind."""
    if (law := find_law(context.question.text)) and (settled := _provision(context, {m.normalised for m in law})):
        return settled
    claim = claim_of(context.question)
    if claim.negative or claim.amounts:
        return None
    asking = context.asking(claim.question)
    if not claim.dates and (settled := _rated(asking, claim)):
        return settled
    if claim.dates and (settled := _dated(asking, claim)):
        return settled
    if context.question.people and not claim.dates:
        return _by_role(asking, claim) or _by_list(asking)
    return _by_address(asking, claim)


def _by_list(context: Context) -> Draft | None:
    """Who signed, who was written to, who was sent a copy: the fact or the whole list of them decides."""
    question = context.question
    asked = {fold(person.shown) for person in question.people}
    kinds = [k for k in picked(question.text) if k in ("signatory", "addressee", "copied_to")] or (
        ["person_role"] if question.topic else []
    )
    rest = replace(
        question,
        wants=(Want.PERSON,),
        names=replace(
            question.names, mentions=tuple(m for m in question.names.mentions if m.name not in question.people)
        ),
    )
    found = [m for m in matches(context.asking(rest), (Want.PERSON,)) if m.fact.kind in kinds[:1]]
    same = [m for m in found if fold(m.fact.normalised or m.fact.value) in asked]
    if same and same[0].score >= ENOUGH and not same[0].missing:
        return _said(True, same[0])
    if not found or kinds[0] not in ("signatory", "addressee", "copied_to"):
        return None
    whole = not {t.stem for t in question.topic} - words_of(kinds[0]) or not found[0].missing
    one_paper = kinds[0] == "signatory" or len({m.document.id for m in found}) == 1
    if whole and one_paper:
        return _said(False, found[0])
    return None


_RATING = re.compile(
    r"\b(outstanding|good|requir\w+ improvement|inadequate|adequate|satisfactory|unsatisfactory|poor"
    r"|(?:no|limited|moderate|reasonable|substantial|full) assurance)\b",
    re.I,
)
_RATED = re.compile(
    r"\b(?:judg\w+|rat(?:ed|ing|e)|grad(?:e|ed|ing)|deemed|assessed as|overall|effectiveness|opinion|verdict)\b", re.I
)


def _rated(context: Context, claim: Claim) -> Draft | None:
    """ "Was it rated good?": the judgement on what is asked about decides."""
    rating = _RATING.search(claim.text)
    if rating is None or not _RATED.search(claim.text):
        return None
    apart = {*stems(rating[0]), *words_of("judgement")}
    rest = replace(
        context.question,
        wants=(Want.JUDGEMENT,),
        terms=tuple(t for t in context.question.terms if t.stem not in apart),
    )
    found = [
        m
        for m in matches(context.asking(rest), (Want.JUDGEMENT,))
        if m.fact.kind == "judgement" and m.score >= ENOUGH and _RATING.search(m.fact.value)
    ]
    if not found or found[0].missing:
        return None
    given = _RATING.search(found[0].fact.value)
    return _said(given is not None and stems(given[0]) == stems(rating[0]), found[0])


def _dated(context: Context, claim: Claim) -> Draft | None:
    question = context.question
    dated = picked(question.text)
    if not dated:
        return None
    rest = replace(question, dates=(), wants=(Want.DEADLINE, Want.DATE))
    found = [m for m in matches(context.asking(rest), rest.wants) if m.fact.kind in dated and m.score >= ENOUGH]
    if not found or found[0].missing or re.search(r"\b(?:before|after|earlier|later|since)\b", claim.text):
        return None
    asked = {m.iso for m in claim.dates}
    best = [m for m in found if m.score >= found[0].score - 0.1]
    agreeing = [m for m in best if any(_same_day(m.fact.normalised or "-", iso) for iso in asked)]
    words = frozenset(content_stems(claim.text)) - {s for n in question.subjects for s in stems(n.shown)}

    def shared(m: Match) -> tuple[int, int]:
        said = stems(m.fact.span.of(m.document.text))
        return (-len(words & set(said)), len(said))

    nearest = sorted(agreeing or best, key=shared)
    return _said(bool(agreeing), nearest[0])


def _same_day(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


_PLACED = re.compile(
    r"\b(?:address(?:ed)?|sent to|posted to|based|located|situated|office|offices|headquarter\w*|premises)\b", re.I
)


def _by_address(context: Context, claim: Claim) -> Draft | None:
    """ "Is it addressed to somewhere in the town?": the address block that has the place."""
    question = context.question
    if not _PLACED.search(claim.text):
        return None
    kinds = words_of("address") | words_of("addressee") | {stem("somewhere"), stem("based")}
    places = [t.stem for t in question.terms if not t.paper and t.stem not in kinds]
    if not places:
        return None
    for document in context.scope.documents:
        if question.kinds and document.kind not in question.kinds:
            continue
        for fact in document.facts:
            words = stems(fact.span.of(document.text))
            if fact.kind == "address" and all(place in words for place in places):
                return _said(True, Match(document, fact, 0.9, 1.0, ()))
    return None


# Offices that one person holds at a time.
_ONE_HOLDER = frozenset(
    stem(w)
    for w in (
        "chief executive leader director chair chairman chairwoman caselead secretary adviser headteacher "
        "commissioner mayor"
    ).split()
)
# Offices of which a body has several, so that only a person's own stated posts decide.
_OFFICE = _ONE_HOLDER | frozenset(
    stem(w)
    for w in (
        "councillor officer inspector auditor manager member minister governor engineer solicitor doctor professor"
    ).split()
)
_ALIKE = (
    ("chair", "chairman", "chairwoman", "chairperson"),
    ("adviser", "advisor"),
    ("head", "headteacher", "principal"),
    ("councillor", "cllr"),
    ("professor", "prof"),
    ("doctor", "dr"),
    ("lead", "leader", "leading"),
    ("manage", "manager", "managing"),
    ("direct", "director"),
    ("represent", "representative"),
    ("advise", "adviser", "advisor"),
    ("audit", "auditor"),
    ("deputy", "vice"),
    ("ceo", "executive"),
)
_LIKE: dict[str, frozenset[str]] = {}
for _group in _ALIKE:
    for _word in _group:
        _LIKE[stem(_word)] = _LIKE.get(stem(_word), frozenset()) | frozenset(stem(w) for w in _group)


STEM_STOP = frozenset(stem(w) for w in STOP) | {"council"}


def _by_role(context: Context, claim: Claim) -> Draft | None:
    """ "Is X the chief executive?": X's own stated roles decide, or that another is said to hold the post."""
    question = context.question
    verb = re.match(
        r"(?:do|does|did)(?:n't)?\b.*\b(?P<verb>chair|lead|head|run|manage|direct|represent|advise|audit)s?\b",
        claim.text,
    )
    if (
        len(question.people) != 1
        or not (verb or re.match(r"(?:is|was|isn't|wasn't|are)\b", claim.text))
        or _listed(question)
    ):
        return None
    name = fold(question.people[0].shown)
    belongs = (
        words_of("affiliation")
        if any(f.kind == "affiliation" for d in context.scope.documents for f in d.facts)
        else ()
    )
    named = {s for name in question.subjects for s in stems(name.shown)}
    topic = [
        s for t in question.topic for s in t.stem.split() if s not in named and s not in belongs and s not in STEM_STOP
    ]
    facts = [(d, f) for d in context.scope.documents for f in d.facts if f.kind in ("person_role", "affiliation")]
    own = [(d, f) for d, f in facts if fold(f.normalised or f.value) == name or fold(f.topic) == name]
    if not own or not topic:
        return None
    asked = stems(claim.text)
    if verb:
        topic = [stem(verb["verb"])]
    yes = [(d, f) for d, f in own if all(_has(t, _role(d, f)) for t in topic)]
    if yes:
        over = [
            (d, f) for d, f in yes if not claim.past and re.search(r"\b(?:former|previous|ex|late)\b", f.topic, re.I)
        ]
        against = [(d, f) for d, f in yes if opposed(asked, _role(d, f))]
        return _said(not (over or against), Match(*(over or against or yes)[0], 0.9, 1.0, ()))
    against = [(d, f) for d, f in own if opposed(asked, _role(d, f)) or excluded(asked, _role(d, f))]
    if verb:
        return None
    unique = re.search(r"\bthe\b", claim.text) is not None or any(t in _ONE_HOLDER for t in topic)
    others = [(d, f) for d, f in facts if (d, f) not in own and all(_has(t, _role(d, f)) for t in topic)]
    plural = all(t in _OFFICE - _ONE_HOLDER for t in topic)
    if against or (unique and others) or (plural and any(f.kind == "person_role" for _, f in own)):
        return _said(False, Match(*(against or own)[0], 0.9, 1.0, ()))
    return None


def _listed(question: Question) -> bool:
    return any(kind in ("signatory", "addressee", "copied_to") for kind in picked(question.text))


def _role(document: Document, fact: Fact) -> tuple[str, ...]:
    around = fact.span.of(document.text) if fact.kind == "affiliation" else ""
    return stems(f"{fact.topic} {fact.value} {around}")


def _has(asked: str, role: tuple[str, ...]) -> bool:
    """Whether a role has an asked word: itself, a title of the same office, or what it is short for ("dems")."""
    if asked in role or any(alike in role for alike in _LIKE.get(asked, ())):
        return True
    return len(asked) >= 3 and any(len(word) > len(asked) + 1 and word.startswith(asked) for word in role)


def _provision(context: Context, asked: set[str]) -> Draft | None:
    facts = [(d, f) for d in context.scope.documents for f in d.facts if f.kind == "legal_basis"]
    same = [(d, f) for d, f in facts if f.normalised in asked]
    acts = {re.sub(r",? (?:section|article|part|schedule).*$", "", a or "", flags=re.I) for a in asked}
    other = [(d, f) for d, f in facts if f.normalised and any(act and f.normalised.startswith(act) for act in acts)]
    if not same and not other:
        return None
    document, fact = (same or other)[0]
    return _said(bool(same), Match(document, fact, 0.9, 1.0, ()))


def _said(verdict: bool, found: Match) -> Draft:
    word = "Yes" if verdict else "No"
    words = flat(found.fact.span.of(found.document.text))
    return answered(
        [Line(f"{word}: {words}", (Quote.of_fact(found.document, found.fact),), derived=frozenset({fold(word)}))],
        value=word.casefold(),
        confidence=min(1.0, found.score),
        because=f"{word.casefold()} by fact {found.fact.kind} in {found.document.id} {found.fact.clause}",
    )
