"""One sentence against one claim: borne out, denied, or not settled."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.facts.dates import DateMatch
from ingest.notice import ClauseKind
from retrieval.evidence.covering import Where, match
from retrieval.evidence.dates import dates_of
from retrieval.evidence.scored import Scored
from retrieval.evidence.units import Unit, units
from retrieval.words import content_stems, stem, stems
from retrieval.yes_no.claim import Claim
from retrieval.yes_no.polarity import denied, excluded, governed, negates, opposed, unconditional
from retrieval.yes_no.ranges import agree, ranges

_DUTY = re.compile(
    r"\b(?:must|should|will|shall|is to|are to|to be|required|requires?|expect\w*|need(?:s)? to|has to|have to|obliged|ought to)\b",
    re.I,
)
_MAY = re.compile(r"\b(?:may|can|could|might)\b", re.I)
_PAST = re.compile(
    r"\b(?:was|were|has|have|had|did|been|said|told|gave|made|found|took|went|came|set up|held|met|sent|wrote|paid|led|began|rose|fell|grew|left|won|lost|ran|became|spoke|chose|drove|brought|bought"
    r"|taught|thought|kept|built|broke|saw|knew|understood|sought|withdrew|oversaw|underwent|undertook)\b|\b(?!need|(?:un)?limited|indeed|speed|proceed|exceed|succeed|hundred)\w{3,}ed\b",
    re.I,
)
_TO_DO = re.compile(
    r"\b(?:is|are|was|were) (?:required|expected|to)\b|\b(?:be|been|is|are) \w+ed\b|\b(?:has|have) to\b|\brequired\b|\bexpected\b",
    re.I,
)
_SUBJECT = re.compile(
    r"^\W*(?:we|i|you|it|they|he|she|there|the|this|these|those|that|our|your|its|their|an?|[\w' -]{3,40}:)(?=\W|$)",
    re.I,
)
_FINITE = re.compile(r"\b(?:is|are|does|do|could|would|says|accepts?|states?|finds?|shows?)\b", re.I)
_MODAL = re.compile(r"\b(?:must|should|shall|will|may|can|could|might|would|to be)\b", re.I)
_NOT_ONLY = re.compile(
    r"\b(?:not (?:\w+ )?(?:exclusive|limited|restricted|confined|only|just)|as well as|and/or|any other|in addition|also|among other|other than|including but|and any|such as)\b",
    re.I,
)
_SAYS_ONLY = re.compile(
    r"\b(?:only|solely|exclusively|(?:restricted|limited|confined) to|alone|nothing but|no one but|sole|single)\b", re.I
)
_PARTLY = re.compile(
    r"\b(?:not (?:\w+ ){0,2}(?:all|every|each|always|fully|entirely|everyone|yet)|some of|most of|many of|several of|few of|only (?:some|a few|part|\d+|responded)|except|apart from|other than"
    r"|partly|partially|in part|sometimes|occasionally|in (?:\w+ )?(?:\d+|\w+) of \w+ cases|remaining|outstanding"
    r"|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+) (?:out )?of (?:the |them|whom|which|\d+|\w+))\b"
    r"|n't (?:\w+ ){0,3}(?:all|every|each|always|fully)\b",
    re.I,
)
_WHOLLY = re.compile(r"\b(?:all|every|each|always|whole|entire(?:ly)?|fully|both|any|full|completely|everyone)\b", re.I)
_ENDS = re.compile(
    r"\b(?:temporary|temporarily|interim|until|for the duration|for a (?:limited )?(?:time|period)|short.term|time.limited|no longer (?:required|needed|necessary)|once .* return|provisional)\b",
    re.I,
)
_FORMER = re.compile(r"\b(?:former(?:ly)?|previous(?:ly)?|ex-|no longer|until recently|then)\b", re.I)
_EARLIER = re.compile(r"\b(?:before|earlier|sooner|ahead of|prior to|in advance of)\b", re.I)
_LATER = re.compile(r"\b(?:after|later than|beyond|past)\b", re.I)
_AGAIN = re.compile(
    r"\b(?:again|repeat(?:ed|edly)?|previous(?:ly)?|earlier|before|last (?:done|time|year)|reappoint\w*|once more|in (?:19|20)\d\d|already)\b",
    re.I,
)
_FOLLOWS = re.compile(r"\b(?:after|following|since|later|in the wake of|as a result of)\b", re.I)
_PRECEDES = re.compile(r"\b(?:before|prior to|ahead of|until|by)\b", re.I)
_OR_SOONER = re.compile(r"\b(?:or (?:sooner|earlier|before)|no later than|at the latest|on or before)\b", re.I)
_TITLES = frozenset({"title"})


@dataclass(frozen=True, slots=True)
class Judgement:
    """True for yes; `plain` when the sentence merely says the same, with nothing that speaks to yes or no."""

    yes: bool
    plain: bool
    why: str
    covers: frozenset[str] = frozenset()  # stems of the question that the sentence answers in other words


def judge(claim: Claim, scored: Scored) -> Judgement | None:
    """What a sentence says of a claim; None when it does not settle it."""
    unit = scored.unit
    if any(label not in unit.text.casefold() for label in claim.labels):
        return None
    if unit.clause.label in _TITLES or not _about_whom(claim, unit):
        return None
    text = unit.text.replace("’", "'")
    said = f"{_lead_in(unit)} {text}".strip()
    block = unit.clause.kind is ClauseKind.BLOCK
    verdict = (None if block else _special(claim, unit, text, said)) or _polar(claim, scored, text, said)
    if verdict is None or (block and not verdict.plain and not claim.dates):
        return None
    return replace(verdict, yes=verdict.yes != claim.negative)


def _about_whom(claim: Claim, unit: Unit) -> bool:
    """Whether the person whom the question names is in the sentence, or in the one that it goes on from."""
    own = {
        f.normalised for f in unit.document.facts if f.kind in ("addressee", "signatory") and claim.question.kinds
    }  # "the letter to Ms X" names the letter
    people = [stems(name.shown)[-1] for name in claim.question.people if stems(name.shown) and name.shown not in own]
    if not people or any(name in unit.own or name in unit.context for name in people):
        return True
    if not re.match(r"\W*(?:The|He|She|It|They|This|That|And|His|Her|But|In addition|All)\b", unit.text):
        return False
    everything = units(unit.document)
    at = next(i for i, other in enumerate(everything) if other.key == unit.key)
    return any(name in other.own for other in everything[max(0, at - 2) : at] for name in people)


def _special(claim: Claim, unit: Unit, text: str, said: str) -> Judgement | None:
    """Quantities, dates, limits, permanence: what a sentence must speak to before it can settle such a claim."""
    if claim.lasting and not claim.amounts:
        if _ENDS.search(said):
            return Judgement(False, False, "it ends")
        if covers := opposed(claim.stems, stems(said)):
            return Judgement(False, False, "the opposite", covers)
    if claim.only and (_NOT_ONLY.search(said) or (" and " in text and not _SAYS_ONLY.search(_NOT_ONLY.sub("", said)))):
        return Judgement(False, False, "not only", frozenset({"only"}))
    if claim.every and _PARTLY.search(text):
        return Judgement(False, False, "not all")
    if claim.still and _FORMER.search(text):
        return Judgement(False, False, "no longer")
    return None


def _polar(claim: Claim, scored: Scored, text: str, said: str) -> Judgement | None:
    unit = scored.unit
    asked = {*content_stems(claim.text), *(s for t in claim.question.topic for s in t.stem.split())}
    plain = unconditional(text)
    if not claim.conditional and not claim.may and _only_in_condition(claim, unit, plain):
        return None
    if claim.past and _prescribes(unit, plain, said):
        return None
    if claim.is_a and not claim.past and _loosely_is(claim, unit):
        return None
    figures = _figures(claim, text)
    if figures is False:
        return Judgement(False, False, "another value")
    if (claim.amounts or claim.dates) and figures is None:
        return None
    says_not = denied(text, asked, claim.text) and not claim.inner_not
    if claim.again:
        repeated = _AGAIN.search(text)
        return Judgement(not says_not, False, "again") if repeated else None
    contrary = opposed(claim.stems, unit.own, asked)
    if not contrary and not says_not and opposed(claim.stems, unit.own):
        return None  # an opposite that stands too far off to be sure of
    if says_not or contrary:
        return Judgement(says_not == bool(contrary), False, "denied" if says_not else "the opposite", contrary)
    if figures:
        return Judgement(True, False, "the same value")
    if claim.strict and not claim.may and not claim.past and not _DUTY.search(said):
        own = all(match(t, unit.own, (), ()) in (Where.OWN, Where.CLOSE) for t in claim.question.topic)
        return Judgement(False, False, "may, not must") if _MAY.search(plain) and own else None
    if claim.may and not claim.past and not _MODAL.search(said) and _PAST.search(_TO_DO.sub(" ", plain)):
        return None
    if len(scored.missing) == 1 and governed(text) and not claim.conditional and _main_is_denied(text):
        return Judgement(False, False, "denied in other words")
    if _TELLING & set(claim.stems) - set(unit.own):
        return None
    if claim.definite and _MAY.search(plain) and not re.search(r"\b(?:must|will|shall)\b", plain, re.I):
        return Judgement(False, False, "may, not will")
    if _by_another(claim, unit):
        return Judgement(False, False, "done by another")
    if claim.lasting or (claim.only and not _SAYS_ONLY.search(said)):
        return None
    if claim.every and not _WHOLLY.search(said) and claim.past:
        return None
    return Judgement(True, True, "said")


def _by_another(claim: Claim, unit: Unit) -> bool:
    """Whether the sentence says, of the same deed, that another than the question's agent does it."""
    if not claim.agent or claim.deed not in unit.own:
        return False
    at = unit.own.index(claim.deed)
    before, after = unit.own[:at], unit.own[at + 1 :]
    passive = bool(set(before[-3:]) & {"is", "are", "was", "were", "be", "been"})
    if passive:
        return "by" in after[:4] and claim.agent not in after[after.index("by") : after.index("by") + 6]
    return len(before) >= 2 and claim.agent not in before and before[0] not in _PRONOUNS


# Small words that change what is claimed, so that a sentence without them does not bear it out.
_TELLING = frozenset(stem(w) for w in "same different never first identical".split())
_PRONOUNS = frozenset(stem(w) for w in "it they we you i he she this that these those who which".split())


def _figures(claim: Claim, text: str) -> bool | None:
    """Whether the sentence's quantities and dates are the claim's; None when it has none to compare."""
    verdicts = []
    if claim.amounts:
        verdicts.append(agree(claim.amounts, ranges(text), possible=claim.may, enough=claim.enough))
    if claim.dates:
        verdicts.append(_dates_agree(claim, claim.dates, dates_of(text), text))
    known = [v for v in verdicts if v is not None]
    return all(known) if known else None


def _dates_agree(claim: Claim, asked: tuple[DateMatch, ...], there: tuple[DateMatch, ...], said: str) -> bool | None:
    if not there:
        return None
    if (
        _EARLIER.search(claim.text)
        and _OR_SOONER.search(said)
        and any(_same_date(a.iso, t.iso) for a in asked for t in there)
    ):
        return True
    before, after = _EARLIER.search(claim.text), _LATER.search(claim.text)
    same = all(any(_same_date(a.iso, t.iso) for t in there) for a in asked)
    if not before and not after:
        return same
    if same:
        follows, precedes = _FOLLOWS.search(said), _PRECEDES.search(said)
        return bool(follows if after else precedes) if bool(follows) != bool(precedes) else None
    known = [t.iso for t in there if len(t.iso) >= 7 and not t.iso.startswith("-")]
    if known and not asked[0].iso.startswith("-"):
        return all((k < asked[0].iso) == bool(before) for k in known)
    return None


def _same_date(one: str, other: str) -> bool:
    return (
        one.startswith(other)
        or other.startswith(one)
        or (one.startswith("--") and other.endswith(one[1:]))
        or (other.startswith("--") and one.endswith(other[1:]))
    )


def _lead_in(unit: Unit) -> str:
    parent = unit.document.clause(unit.clause.parent) if unit.clause.parent else None
    return unit.document.text[parent.span.start : unit.clause.span.start][-300:] if parent else ""


def _only_in_condition(claim: Claim, unit: Unit, plain: str) -> bool:
    """Whether most words of the claim that the sentence has stand in its "if …" part."""
    held = [s for t in claim.question.topic for s in t.stem.split() if s in unit.own]
    left = set(stems(plain))
    return bool(held) and sum(s in left for s in held) < 0.5 * len(held)


def _prescribes(unit: Unit, plain: str, said: str) -> bool:
    """Whether the sentence says what is to be done, not what was."""
    if unit.clause.kind is ClauseKind.BLOCK or _PAST.search(_TO_DO.sub(" ", plain)):
        return False
    if re.search(r"\b(?:must|should|shall|will|may|can|to be)\b", plain, re.I) or not plain:
        return True
    if _SUBJECT.match(plain):
        return False
    return not (_FINITE.search(plain) or _PAST.search(_TO_DO.sub(" ", said)))


def _loosely_is(claim: Claim, unit: Unit) -> bool:
    """Whether "is it a school" meets only a close word of "school"."""
    topic = claim.question.topic
    if not topic or opposed(claim.stems, unit.own) or excluded(claim.stems, unit.own):
        return False
    last = topic[-1]
    return match(last, unit.own, unit.context, ()) not in (Where.OWN, Where.AROUND)


def _main_is_denied(text: str) -> bool:
    """Whether the sentence's own verb is denied: "An appeal does not …", "No … may be …"."""
    return (
        negates(text)
        and re.search(
            r"^(?:\W*No\b|[^,;:]{0,80}?\b(?:(?:do|does|did|is|are|was|were|has|have|had|may|must|can|will|shall|should|need|could)(?: not|n't)\b|cannot\b|fail(?:s|ed)? to\b))",
            text,
            re.I,
        )
        is not None
    )
