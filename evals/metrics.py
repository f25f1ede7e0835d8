"""Counts with their uncertainty: every share is told with n and its Wilson 95% interval."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from evals.case import Case
from evals.citing import Citing
from evals.reply import Reply
from evals.scorers import Score


@dataclass(frozen=True, slots=True)
class Result:
    """One case as it went.  `error` says what broke; then there is no reply and no score."""

    case: Case
    reply: Reply | None
    status: Score | None
    content: Score | None
    citing: Citing | None
    error: str | None = None
    seconds: float = 0.0

    @property
    def right(self) -> bool:
        """Status, content and citations all right."""
        return (
            self.status is not None
            and self.content is not None
            and self.citing is not None
            and self.status.right
            and self.content.right
            and self.citing.right
        )

    @property
    def answered(self) -> bool:
        return self.reply is not None and self.reply.status == "answered"

    @property
    def why(self) -> tuple[str, ...]:
        """What is wrong, a line each; empty when right."""
        if self.error is not None:
            return (f"error: {self.error}",)
        scores = (self.status, self.content)
        wrong = [score.why for score in scores if score is not None and not score.right]
        if self.status is not None and not self.status.right and self.case.answerable:
            return tuple(wrong[:1])
        return (*wrong, *(self.citing.problems if self.citing else ()))


@dataclass(frozen=True, slots=True)
class Share:
    """`right` of `n`, with the Wilson 95% interval; value None when n is 0."""

    right: int
    n: int

    @property
    def value(self) -> float | None:
        return self.right / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float] | None:
        if not self.n:
            return None
        from scipy.stats import binomtest

        found = binomtest(self.right, self.n).proportion_ci(confidence_level=0.95, method="wilson")
        return float(found.low), float(found.high)


@dataclass(frozen=True, slots=True)
class Metrics:
    """The figures of a set of results; errors are counted apart and are in no share."""

    cases: int
    errors: int
    accuracy: Share
    answers_right: Share  # of the answerable
    right_refusals: Share  # of those that must be refused
    wrong_refusals: Share  # of the answerable
    wrong_document: Share  # of the answered replies whose case names its documents
    citation_precision: Share  # citations given that are expected or listed, in answered replies to answerable cases
    citation_recall: Share  # expected entries met
    exact_quotes: Share


def measure(results: Iterable[Result]) -> Metrics:
    results = tuple(results)
    sound = [r for r in results if r.error is None]
    answerable = [r for r in sound if r.case.answerable]
    refusable = [r for r in sound if not r.case.answerable]
    named = [r for r in answerable if r.answered and r.case.citations and r.citing]
    return Metrics(
        cases=len(results),
        errors=len(results) - len(sound),
        accuracy=_share(sound, lambda r: r.right),
        answers_right=_share(answerable, lambda r: r.right),
        right_refusals=_share(refusable, lambda r: r.status is not None and r.status.right),
        wrong_refusals=_share(answerable, lambda r: not r.answered),
        wrong_document=_share(named, lambda r: bool(r.citing and r.citing.wrong_documents)),
        citation_precision=_sum((r.citing.relevant, r.citing.given) for r in named if r.citing),
        citation_recall=_sum((r.citing.met, r.citing.expected) for r in answerable if r.citing),
        exact_quotes=_sum((r.citing.exact, r.citing.quotes) for r in sound if r.citing),
    )


def _share(results: Sequence[Result], right: Callable[[Result], bool]) -> Share:
    return Share(sum(map(right, results)), len(results))


def _sum(pairs: Iterable[tuple[int, int]]) -> Share:
    right = n = 0
    for part, whole in pairs:
        right, n = right + part, n + whole
    return Share(right, n)


def by_tag(results: Iterable[Result]) -> dict[str, Share]:
    """Accuracy for each tag, the weakest first."""
    groups: dict[str, list[Result]] = {}
    for result in results:
        if result.error is None:
            for tag in result.case.tags:
                groups.setdefault(tag, []).append(result)
    shares = {tag: _share(group, lambda r: r.right) for tag, group in groups.items()}
    return dict(sorted(shares.items(), key=lambda pair: ((pair[1].value or 0.0), -pair[1].n, pair[0])))


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Answering only at or above `threshold`: the share of all cases answered, and of those the share wrong."""

    threshold: float
    coverage: float
    risk: float


def risk_coverage(results: Iterable[Result]) -> tuple[CurvePoint, ...]:
    """Risk against coverage over the answered replies that tell their confidence, the surest first."""
    results = [r for r in results if r.error is None]
    told = [(r.reply.confidence, r.right) for r in results if r.answered and r.reply and r.reply.confidence is not None]
    told.sort(key=lambda pair: -pair[0])
    points: list[CurvePoint] = []
    wrong = 0
    for count, (confidence, right) in enumerate(told, 1):
        wrong += not right
        if count == len(told) or told[count][0] != confidence:
            points.append(CurvePoint(confidence, count / len(results), wrong / count))
    return tuple(points)
