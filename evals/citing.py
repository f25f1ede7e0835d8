"""Citations judged: are the expected clauses cited, is every quotation exact, is a wrong document cited.

A citation of `9` counts for `9(a)` when its quotation covers 9(a); one of `9(a)` counts for `9` only where
the case lists it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evals.case import Case, ExpectedCitation, OtherCitation
from evals.reply import Cited, Reply, Source, Sources
from evals.values import folded


@dataclass(frozen=True, slots=True)
class Citing:
    """What a reply's citations are worth.

    met, expected     expected entries met, of how many
    relevant, given   citations that are expected or listed as fine, of how many given
    exact, quotes     quotations equal to `text[start:end]`, of how many (related ones too)
    wrong_documents   documents cited that the case neither expects nor lists
    problems          what is wrong, a line each
    """

    met: int
    expected: int
    relevant: int
    given: int
    exact: int
    quotes: int
    wrong_documents: tuple[str, ...]
    problems: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Every expected entry met and every quotation exact."""
        return self.met == self.expected and self.exact == self.quotes


def judge_citations(case: Case, reply: Reply, sources: Sources) -> Citing:
    problems: list[str] = []
    missed = [want for want in case.citations if not any(meets(got, want, sources) for got in reply.citations)]
    for want in missed:
        given = ", ".join(f"{got.document} {got.clause}" for got in reply.citations) or "nothing"
        problems.append(f"cites {given}; expected {_told(want)}")
    fine: Sequence[ExpectedCitation | OtherCitation] = (*case.citations, *case.also)
    relevant = sum(any(meets(got, want, sources) for want in fine) for got in reply.citations)

    quoted = (*reply.citations, *reply.related)
    exact = 0
    for got in quoted:
        fault = _fault(got, sources.get(got.document))
        exact += fault is None
        if fault is not None:
            problems.append(fault)

    known = {want.document for want in fine}
    wrong: tuple[str, ...] = ()
    if reply.status == "answered" and case.citations:
        wrong = tuple(sorted({got.document for got in reply.citations} - known))
    return Citing(
        met=len(case.citations) - len(missed),
        expected=len(case.citations),
        relevant=relevant,
        given=len(reply.citations),
        exact=exact,
        quotes=len(quoted),
        wrong_documents=wrong,
        problems=tuple(problems),
    )


def meets(got: Cited, want: ExpectedCitation | OtherCitation, sources: Sources) -> bool:
    """True when the citation is the one expected, or one of a clause that holds it and quotes it."""
    if got.document != want.document:
        return False
    if want.quote is not None and folded(want.quote) in folded(got.quote):
        return True
    if not want.clause:
        return want.quote is None
    return got.clause in want.clause or any(
        _is_inside(label, got.clause) and _covers(got, label, sources.get(got.document)) for label in want.clause
    )


def _is_inside(label: str, holder: str) -> bool:
    """`9(a)` is an item of `9`, `5(b)(ii)` of `5(b)` and of `5`."""
    return label.startswith(holder + "(")


def _covers(got: Cited, label: str, source: Source | None) -> bool:
    clause = source.clauses.get(label) if source is not None else None
    if source is None or clause is None:
        return False
    words = source.text[clause.start : clause.end]
    start = clause.start + len(words) - len(words.lstrip())
    end = clause.start + len(words.rstrip().rstrip(";,."))
    return got.start <= start and got.end >= end


def _fault(got: Cited, source: Source | None) -> str | None:
    if source is None:
        return f"cites {got.document}, which is not in the index"
    if not got.quote.strip():
        return f"{got.document} {got.clause}: an empty quotation"
    if source.text[got.start : got.end] != got.quote:
        return f"{got.document} {got.clause}: the quotation is not text[{got.start}:{got.end}]"
    return None


def _told(want: ExpectedCitation) -> str:
    what = " or ".join(want.clause) if want.clause else f"“{want.quote}”"
    return f"{want.document} {what}"
