"""Does the evidence have what is asked for?  No date, no "when"; no name, no "who is the adviser"."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.facts.dates import MONTH_NAMES
from ingest.names import core
from ingest.notice import ClauseKind
from retrieval.aptness import counts_another_thing
from retrieval.context import Context
from retrieval.draft import Draft, not_found
from retrieval.evidence.units import Unit, facts_in
from retrieval.kinds import words_of
from retrieval.names.known import NameKind
from retrieval.question import Question
from retrieval.wants import KINDS, Want
from retrieval.words import fold, stem, stems

_NAME = re.compile(
    r"^name\b|\bname\b|\bwho(?:'s| is| was| are| were)\s+(?:the\b|\w+['’]s\b|\w+'?s? \w+\s*\??$)|\bcalled\b"
    r"|\bwho\b.{0,20}\b(?:appointed|named|chosen) as\b"
    r"|\bwho (?:has|have|had|is|was|were) (?:been )?(?:appointed|named|chosen)\b",
    re.I,
)


def asks_for_a_name(question: Question) -> bool:
    """Whether a person's name is wanted ("who is the adviser", "who wrote the article"), which no other words are."""
    topic = question.topic
    if question.says(r"\b(?:by|with|to|for) whom\b"):
        return False
    own = words_of("signatory") | words_of("addressee") | words_of("copied_to")
    if all(t.stem in own for t in topic):
        return True
    return (
        bool(topic)
        and any(fold(t.word).split()[0] in _ROLE for t in question.terms)
        and (_NAME.search(question.text) is not None or not AGENT.search(question.text))
    )


_ROLE = frozenset(
    form
    for word in "leader chair chairman chairwoman chairperson adviser director executive chief minister secretary "
    "commissioner manager caselead "
    "inspector headteacher head officer councillor mp mayor ceo signatory author recipient addressee "
    "sender controller president chancellor editor reporter journalist photographer owner founder clerk solicitor "
    "treasurer governor principal spokesman spokeswoman spokesperson coordinator superintendent registrar ombudsman "
    "auditor accountant surveyor planner bishop consultant judge coroner magistrate barrister trustee warden".split()
    for form in (word, f"{word}s", f"{word}'s", f"{word}ing")
)


_WHO_IS = re.compile(r"^(?:so |and |but )?who(?:'s|’s| is| was| are| were)(?: now| then)? (?:the )?$", re.I)


def office_unnamed(context: Context) -> Draft | None:
    """ "Who was the Secretary of State": not found where no document names the holder of the office asked for."""
    question = context.question
    asked = next(
        (
            m.name
            for m in question.names.mentions
            if m.name.kind is NameKind.ORGANISATION and _WHO_IS.match(question.text[: m.start])
        ),
        None,
    )
    if asked is None or question.topic[2:]:
        return None
    words = set(stems(asked.shown))
    facts = (f for d in context.scope.documents for f in d.facts if f.kind in ("person_role", "signatory", "addressee"))
    if any(words <= set(stems(fact.topic)) for fact in facts):
        return None
    return not_found(f"The documents do not say who the {asked.shown} was.", because="no document names its holder")


_OFFICE = frozenset(
    stem(word)
    for word in (
        "post job title role position capacity portfolio remit occupation responsibility responsibilities"
    ).split()
)


_WROTE = re.compile(
    r"^(?:so |and )?who (?:e-?mailed\b|(?:wrote|sent|has written|had written) (?:(?!that\b)\w+ ){0,3}?to\b)", re.I
)


def _tells_the_paper(question: Question) -> bool:
    return bool(question.subjects or question.people or question.kinds or question.dates)


def as_role(question: Question) -> Question:
    """A bare office ("leader of the council") asks who holds it; "what does X do" asks for X's role."""
    if question.people and question.topic and all(t.stem in _OFFICE for t in question.topic):
        return question.wanting(Want.ROLE)
    if question.people and question.says(r"\bwhat (?:is|was|'s) .*\b(?:in charge of|responsible for)\b"):
        return replace(question, wants=(Want.ROLE,), terms=())
    if (
        question.people
        and question.want is Want.ROLE
        and (when := re.search(r"\bwhen (?:he|she|they)\b", question.text))
    ):
        before = set(stems(question.text[: when.start()]))
        return replace(question, terms=tuple(t for t in question.terms if t.stem in before))
    if question.people and question.says(r"\bwhat (?:does|did|is|was) .*(?:\bdo|\bdoing|for a living)\s*\??$"):
        return question.wanting(Want.ROLE)
    if question.want is Want.PERSON and _WROTE.search(question.text) and _tells_the_paper(question):
        return replace(question, terms=())  # to whom and about what tells the paper, not its writer
    topic = question.topic
    if (
        question.want is Want.OPEN
        and 0 < len(topic) <= 3
        and fold(topic[-1].word) in _ROLE
        and len(question.text.split()) <= 8
    ):
        return question.wanting(Want.PERSON)
    return question


_ANOTHER = re.compile(
    r"^(?:so |and )?(?:which|what) (?:\w+ )?(?:council|authority|school|company|trust|force|borough)\b", re.I
)
TIMED = re.compile(
    r"\b(?:until|once|when|whenever|prior to|before|after|from time to time|within|every|as soon as|at any stage)\b",
    re.I,
)
AGENT = re.compile(
    (
        r"\bwho(?:m)?\b (?:\w+ly )?(?!(?:is|are|was|were|'s)\b(?! (?:responsible|required|expected|to"
        r"|in charge|allowed|able|supposed|going|conducting|giving|carrying|issuing|doing|being)))"
    ),
    re.I,
)


# "The names of the two patients" are not in a sentence that names nobody.
_NAMES = re.compile(
    r"\bnames? of (?:the |that |this |any )?(?:[\w’'-]+ ){0,3}?"
    r"(?:patients?|people|persons?|child(?:ren)?|staff|officers?|employees?|inspectors?|teachers?|workers?|men|women|famil(?:y|ies)|residents?|tenants?|parents?|complainants?)\b",
    re.I,
)
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Dame|Sir|Professor|Prof|Cllr|Councillor|Lord|Lady|Baroness)\.? [A-Z]")


def _names_somebody(unit: Unit) -> bool:
    people = ("person_role", "person", "signatory", "addressee", "copied_to")
    return bool(facts_in(unit, people)) or _TITLED.search(unit.text) is not None


# A value that is read by its looks, where no fact was found.
_LOOKS = {
    Want.DATE: re.compile(
        rf"\b(?:19|20)\d\d\b|\b(?:{MONTH_NAMES})\b"
        r"|\bworking day\b",
        re.I,
    ),
    Want.COUNT: re.compile(
        r"\b(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|quarter|third|all|none|most)\b",
        re.I,
    ),
    Want.AMOUNT: re.compile(r"[£$€]\s?\d|\d\s?(?:%|per cent|million|pounds)", re.I),
    Want.PERSON: re.compile(r"(?<=[\w,|] )[A-Z][\w’'-]+"),
}


def _looks_like(want: Want, question: Question, unit: Unit) -> bool:
    """Whether a sentence has something of the kind wanted that the question does not give itself."""
    looks = _LOOKS.get(Want.DATE if want is Want.DEADLINE else want)
    if looks is None or (
        want is Want.PERSON and (_NAME.search(question.text) or unit.clause.kind is not ClauseKind.ROW)
    ):
        return False
    given = set(re.findall(r"[\w,]+", question.text.casefold()))
    return any(match.group().casefold() not in given for match in looks.finditer(unit.text))


def fits_the_type(context: Context) -> bool:
    """Whether the best sentence has what is asked for: no date, no "when"; no amount, no "how much"."""
    ranked = context.ranked
    if not ranked:
        return False
    unit = ranked[0].unit
    want = context.question.want
    if _NAMES.search(context.question.text) and not _names_somebody(unit):
        return False
    well, sure = ranked[0].coverage, context.probability
    told = want in KINDS and facts_in(unit, KINDS[want].first)  # facts of the kind, of other things
    if _looks_like(want, context.question, unit) and (
        (well >= 0.5 and sure >= 0.85) or (well >= 0.75 and sure >= 0.62 and not told)
    ):
        return True
    if want in (Want.DATE, Want.DEADLINE):
        return bool(
            facts_in(unit, ("date", "deadline", "duration", "inspection", "report_date", "issued_on", "signed_on"))
            or (TIMED.search(unit.text) and not context.question.says(r"\b(?:what|which) (?:\w+ )?date\b|\bby what\b"))
        )
    if want is Want.COUNT:
        return any(
            not counts_another_thing(context.question, fact) for fact in facts_in(unit, ("count", "rate", "percentage"))
        )
    if want is Want.AMOUNT:
        return bool(facts_in(unit, ("amount",)))
    if want is Want.INTERVAL:
        return bool(
            facts_in(unit, ("interval",))
            or re.search(r"\b(?:from time to time|regular(?:ly)?|frequently)\b", unit.text, re.I)
        )
    if want is Want.DURATION:
        return bool(
            facts_in(unit, ("duration", "interval", "date", "deadline"))
            or re.search(
                r"\b(?:until|duration|as long as|while)\b|\bfrom\b.{3,30}\bto\b|\bbetween\b.{3,30}\band\b",
                unit.text,
                re.I,
            )
        )
    if want is Want.PLACE:
        return bool(facts_in(unit, ("address", "place")))
    if want is Want.ORGANISATION and _ANOTHER.search(context.question.text):
        own = {core(name.shown) for name in context.question.subjects}
        return any(core(f.value) not in own for f in facts_in(unit, ("organisation", "issuer", "affiliation")))
    if want is Want.CONTACT and any(stems(name.shown)[-1] not in unit.own for name in context.question.people):
        return False  # how another is to be reached
    if want in (Want.CONTACT, Want.REFERENCE):
        written = ranked[0].coverage >= 0.8 and any(ch.isdigit() for ch in unit.text)
        return bool(facts_in(unit, KINDS[want].first)) or written
    if want is Want.LEGAL:
        return bool(facts_in(unit, ("legal_basis",)))
    if want is Want.PERSON and unit.clause.kind is ClauseKind.BLOCK and _post_without_a_name(context, unit):
        return False
    if want is Want.PERSON:
        return not asks_for_a_name(context.question) or (
            ranked[0].coverage >= 0.7 and bool(facts_in(unit, ("person_role", "person")))
        )
    return want is not Want.ROLE or bool(context.question.people)


def _post_without_a_name(context: Context, unit: Unit) -> bool:
    """Whether a block has the post that is asked for, and nobody who holds it ("Chief Executive, another body")."""
    asked = {t.stem for t in context.question.topic}
    held = {s for f in facts_in(unit, ("person_role", "copied_to", "signatory", "addressee")) for s in stems(f.topic)}
    return bool(asked) and asked <= set(unit.own) and not asked <= held
