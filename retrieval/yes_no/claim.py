"""What a yes/no question claims: its words without tags and hedges, and the kind of claim that it makes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.facts.dates import DateMatch, find_dates
from ingest.facts.quantities import AGED
from retrieval.courtesy import asking_part
from retrieval.question import Question, Term
from retrieval.words import fold, stem, stems, tokens
from retrieval.yes_no import claim_patterns as says
from retrieval.yes_no.ranges import Range, as_rate, ranges


@dataclass(frozen=True, slots=True)
class Claim:
    """A yes/no question as a claim to be borne out or denied.

    text      the claim's words, folded, without tag or lead
    question  the question with only what the claim is about among its terms
    negative  the claim itself denies ("the notice was not signed, right?"); "isn't it signed?" does not
    """

    text: str
    stems: tuple[str, ...]
    question: Question
    negative: bool
    inner_not: bool  # what is thought of is denied, as it is in a sentence that says so
    conditional: bool
    past: bool
    strict: bool
    may: bool
    only: bool
    every: bool
    lasting: bool
    still: bool
    again: bool
    enough: bool
    definite: bool
    is_a: bool
    agent: str  # the stem of whoever is said to have done it: "was it appointed by the council?"
    deed: str  # the stem of what was done
    labels: frozenset[str]  # "497a", "b12": what must stand in a sentence as it is
    amounts: tuple[Range, ...]
    dates: tuple[DateMatch, ...]

    @property
    def special(self) -> bool:
        """Whether more is claimed than that something is so."""
        return bool(self.amounts or self.dates or self.only or self.every or self.lasting)


def claim_of(question: Question) -> Claim:
    """The claim of a yes/no question; total on any text."""
    part = asking_part(question.text).replace("’", "'").strip()
    bare = part.rstrip(" ?.!")
    if (tag := says.TAG.search(bare)) and tag.start() > 8 and says.TAG_COMMA.search(tag.group()):
        bare = bare[: tag.start()].rstrip(" ,;–-")
    bare = says.LEAD.sub("", bare).strip() or bare
    if "," not in bare:
        bare = re.sub(r"^if\s+", "", bare, flags=re.I)
    bare = says.INSTEAD.sub("", bare).strip() or bare
    main = says.CONDITION.sub("", bare) if len(says.CONDITION.sub("", bare).split()) >= 3 else bare
    asks = says.INTERROGATIVE.match(main) is not None
    body = re.sub(rf"^{says.AUX}n't\b", "", main, flags=re.I) if asks else main
    if asks:
        body = (
            re.sub(r"^\s*(?:\w+\s+){1,4}?not\b(?! to\b)", " ", body, count=1)
            if re.match(r"\s*(?:it|they|the \w+|he|she|there) not\b", body)
            else body
        )
    opinion = says.OPINION.search(body)
    if opinion:  # "think it acceptable that not all …": what is thought of is no part of the claim's own sense
        body = body[: opinion.end()]
    without_names = _without_names(question, bare[: bare.find(opinion[0]) + len(opinion[0])] if opinion else bare)
    amounts = tuple(ranges(without_names))
    if says.OFTEN.search(without_names):
        amounts = tuple(as_rate(r) for r in amounts)
    asked_dates = {d.iso for d in question.dates} - {d.iso for d in question.paper_dates}
    dates = tuple(d for d in find_dates(bare) if d.iso in asked_dates)
    only = bool(says.ONLY.search(without_names)) and not amounts
    return Claim(
        text=fold(bare),
        stems=stems(main),
        question=_about(question, part, bare, amounts),
        negative=bool(says.BARE_NOT.search(body)),
        inner_not=bool(opinion and says.BARE_NOT.search(bare[bare.find(opinion[0]) + len(opinion[0]) :])),
        conditional=main != bare,
        past=bool(says.PAST.match(main)) and not says.DUTY.search(main),
        strict=bool(says.STRICT.search(main)),
        may=bool(says.MAY.search(re.sub(r"\b(?:in )?may\b(?= \d)", "", main, flags=re.I))),
        only=only,
        every=bool(says.EVERY.search(without_names)) and not amounts,
        lasting=bool(says.LASTING.search(without_names)),
        still=bool(says.STILL.search(without_names)),
        again=bool(says.EVER.search(bare)),
        enough=bool(says.ENOUGH.search(without_names)),
        definite=bool(says.DEFINITE.search(main)),
        is_a=bool(says.IS_A.match(main)),
        agent=stem(by["agent"].split()[-1]) if (by := says.BY.search(main)) else "",
        deed=stem(by["deed"]) if by else "",
        labels=_labels(bare, amounts, dates),
        amounts=amounts,
        dates=dates,
    )


def _labels(text: str, amounts: tuple[Range, ...], dates: tuple[DateMatch, ...]) -> frozenset[str]:
    """The words with digits that are neither quantities nor dates nor ages."""
    known = {w.casefold() for r in amounts for w in says.LABEL.findall(r.words)}
    known |= {w.casefold() for m in AGED.finditer(text) for w in says.LABEL.findall(m.group())}
    known |= {w.casefold() for d in find_dates(text) for w in says.LABEL.findall(d.value)}
    return frozenset(w.casefold() for w in says.LABEL.findall(text)) - known


def _without_names(question: Question, text: str) -> str:
    """The text without the known names in it: a "Limited" in a name limits nothing."""
    for mention in question.names.mentions:
        text = re.sub(re.escape(mention.name.shown), " ", text, flags=re.I)
    return text


def _about(question: Question, whole: str, bare: str, amounts: tuple[Range, ...]) -> Question:
    """The question with the words of quantity and limit, and those cut off with a tag, taken from its terms."""
    cut = set(tokens(whole)) - set(tokens(bare))
    counted = {stem(w) for r in amounts for w in ("a", "per", "every", *tokens(r.words))}
    counted |= (
        {stem(w) for w in ("before", "previously", "past", "again", "already")} if says.EVER.search(bare) else set()
    )
    counted |= {stem(w) for w in ("more", "less", "least", "most", "than", "minimum", "maximum")} if amounts else set()
    drop = counted | says.APART
    if viewed := says.VIEWED.search(whole):
        drop |= {stem(viewed["as"])}
    if question.dates:
        drop |= {stem(w) for w in ("before", "after", "since", "until", "by", "earlier", "later", "following")}
    current = "up to date" in fold(question.text)
    terms = tuple(
        Term("updated", stem("updated")) if current and t.word == "date" else t
        for t in question.terms
        if t.word not in cut
    )
    if amounts:
        drop |= says.LIGHT
    kept: tuple[Term, ...] = tuple(
        t for t in terms if t.stem not in drop and not all(s in drop for s in t.stem.split())
    )
    modal = says.MODAL_WORDS | ({stem("call")} if says.CALLS_FOR.search(bare) else set())
    rest = tuple(t for t in kept if t.stem not in modal)
    if any(not t.paper for t in rest):
        kept = rest
    if not any(not t.paper for t in kept):
        kept = tuple(t for t in question.terms if t.stem not in counted)
    return replace(question, terms=kept)
