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
from retrieval.words import content_stems, stems
from retrieval.yes_no import judge_patterns as says
from retrieval.yes_no.claim import Claim
from retrieval.yes_no.polarity import denied, excluded, governed, negates, opposed, unconditional
from retrieval.yes_no.ranges import agree, ranges


@dataclass(frozen=True, slots=True)
class Judgement:
    """True for yes; `plain` when the sentence merely says the same, with nothing that speaks to yes or no."""

    yes: bool
    plain: bool
    why: str
    covers: frozenset[str] = frozenset()  # stems of the question that the sentence answers in other words
    then: tuple[Unit, ...] = ()  # the sentence after it, where the two of them settle it


def judge(claim: Claim, scored: Scored) -> Judgement | None:
    """What a sentence says of a claim; None when it does not settle it."""
    unit = scored.unit
    clause = unit.clause.span.of(unit.document.text).casefold()  # "the lot" is the one that the clause has named
    if any(label not in clause for label in claim.labels):
        return None
    if unit.clause.label in says.TITLES or not _about_whom(claim, unit):
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
        if says.ENDS.search(said):
            return Judgement(False, False, "it ends")
        if covers := opposed(claim.stems, stems(said)):
            return Judgement(False, False, "the opposite", covers)
    if claim.only and (
        says.NOT_ONLY.search(said) or (" and " in text and not says.SAYS_ONLY.search(says.NOT_ONLY.sub("", said)))
    ):
        return Judgement(False, False, "not only", frozenset({"only"}))
    if claim.every and says.PARTLY.search(text):
        return Judgement(False, False, "not all")
    if claim.past and says.CONSIDERED.search(text) and (then := _another_course(unit)):
        return Judgement(False, False, "thought of, and another course taken", then=then)
    if claim.still and says.FORMER.search(text):
        return Judgement(False, False, "no longer")
    return None


def _another_course(unit: Unit) -> tuple[Unit, ...]:
    """The next sentence of the clause, where it says what was done instead of what this one says was considered."""
    clause = [other for other in units(unit.document) if other.clause.label == unit.clause.label]
    after = next((other for other in clause if other.span.start >= unit.span.end), None)
    return (after,) if after is not None and says.ANOTHER_COURSE.search(after.text) else ()


def _polar(claim: Claim, scored: Scored, text: str, said: str) -> Judgement | None:
    unit = scored.unit
    asked = {*content_stems(claim.text), *(s for t in claim.question.topic for s in t.stem.split())}
    plain = unconditional(text)
    if not claim.conditional and not claim.may and _only_in_condition(claim, unit, plain):
        return None
    if claim.past and (_prescribes(unit, plain, said) or _still_to_be_done(claim, plain)):
        return None
    if claim.is_a and not claim.past and _loosely_is(claim, unit):
        return None
    figures = _figures(claim, text)
    if figures is False:
        return Judgement(False, False, "another value")
    if (claim.amounts or claim.dates) and figures is None:
        return None
    if claim.text.startswith("will ") and not says.TO_COME.search(said) and says.PAST.search(said):
        return None
    says_not = denied(text, asked, claim.text) and not claim.inner_not
    if claim.again:
        repeated = says.AGAIN.search(text)
        return Judgement(not says_not, False, "again") if repeated else None
    contrary = opposed(claim.stems, unit.own, asked)
    if not contrary and not says_not and opposed(claim.stems, unit.own):
        return None  # an opposite that stands too far off to be sure of
    if says_not or contrary:
        return Judgement(says_not == bool(contrary), False, "denied" if says_not else "the opposite", contrary)
    if figures:
        return Judgement(True, False, "the same value")
    if claim.strict and not claim.may and not claim.past and not says.DUTY.search(said):
        own = all(match(t, unit.own, (), ()) in (Where.OWN, Where.CLOSE) for t in claim.question.topic)
        return Judgement(False, False, "may, not must") if says.MAY.search(plain) and own else None
    if claim.may and not claim.past and not says.MODAL.search(said) and says.PAST.search(says.TO_DO.sub(" ", plain)):
        return None
    if len(scored.missing) == 1 and governed(text) and not claim.conditional and _main_is_denied(text):
        return Judgement(False, False, "denied in other words")
    if says.TELLING & set(claim.stems) - set(unit.own):
        return None
    if claim.definite and says.MAY.search(plain) and not re.search(r"\b(?:must|will|shall)\b", plain, re.I):
        return Judgement(False, False, "may, not will")
    if _by_another(claim, unit):
        return Judgement(False, False, "done by another")
    if claim.lasting or (claim.only and not says.SAYS_ONLY.search(said)):
        return None
    if claim.every and not says.WHOLLY.search(said) and claim.past:
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
    return len(before) >= 2 and claim.agent not in before and before[0] not in says.PRONOUNS


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
        says.EARLIER.search(claim.text)
        and says.OR_SOONER.search(said)
        and any(_same_date(a.iso, t.iso) for a in asked for t in there)
    ):
        return True
    before, after = says.EARLIER.search(claim.text), says.LATER.search(claim.text)
    same = all(any(_same_date(a.iso, t.iso) for t in there) for a in asked)
    if not before and not after:
        return same
    if same:
        follows, precedes = says.FOLLOWS.search(said), says.PRECEDES.search(said)
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
    if unit.clause.kind is ClauseKind.BLOCK or says.PAST.search(says.TO_DO.sub(" ", plain)):
        return False
    if re.search(r"\b(?:must|should|shall|will|may|can|to be)\b", plain, re.I) or not plain:
        return True
    if says.SUBJECT.match(plain):
        return False
    return not (says.FINITE.search(plain) or says.PAST.search(says.TO_DO.sub(" ", said)))


def _still_to_be_done(claim: Claim, plain: str) -> bool:
    """Whether a deed of the claim ("did they deliver …") is one that the sentence wants done ("to be delivered")."""
    wanted = {stems(found[1])[0] for found in says.WANTED.finditer(plain) if stems(found[1])}
    done = {stems(found[1])[0] for found in says.BEEN_DONE.finditer(plain) if stems(found[1])}
    return any(t.stem in wanted - done for t in claim.question.topic)


def _loosely_is(claim: Claim, unit: Unit) -> bool:
    """Whether "is it a school" meets only a close word of "school"."""
    topic = claim.question.topic
    if not topic or opposed(claim.stems, unit.own) or excluded(claim.stems, unit.own):
        return False
    last = topic[-1]
    return match(last, unit.own, unit.context, ()) not in (Where.OWN, Where.AROUND)


def _main_is_denied(text: str) -> bool:
    """Whether the sentence's own verb is denied: "An appeal does not …", "No … may be …"."""
    return negates(text) and says.MAIN_DENIED.search(text) is not None
