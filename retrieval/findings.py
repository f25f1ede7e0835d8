"""What a report found: the clause that speaks most of the matter, and the rest of its paragraph."""

from __future__ import annotations

import re

from retrieval.context import Context
from retrieval.evidence.scored import Scored
from retrieval.evidence.units import units
from retrieval.wants import Want

_FINDING = re.compile(
    r"^(?:and |but |so )?(?:what (?:did|do|does|is|are) .*"
    r"\b(?:find|found|say|said|think|conclude|report|note|see|about)\b"
    r"|how (?:well|good|effective\w*|bad|are|is|was|were|did|do|does)\b|why\b|what stops\b)",
    re.I,
)
_REPORTS = frozenset({"report", "reprimand", "warning letter"})
_FINDINGS = frozenset({Want.OPEN, Want.QUOTATION, Want.JUDGEMENT, Want.REASON})
_MOST_WORDS = 90  # words that follow the sentence which answers best
_TOP = 12  # sentences looked at for the clause that speaks most of what is asked
_NEAR = 0.12  # how far behind the best sentence another clause's may be
_HEADLINE = 10  # words of a line that names a matter and says nothing of it


def asks_for_findings(context: Context) -> bool:
    """Whether the question asks what a report found ("how well …", "what did they say about …", "why …")."""
    wants = _FINDINGS & set(context.question.wants)
    return bool(wants) and _FINDING.search(context.question.text) is not None


def by_clause(context: Context, ranked: list[Scored]) -> list[Scored]:
    """The units with that of the clause first whose sentences together speak most of the matter."""
    best = ranked[0]
    if not asks_for_findings(context) or best.unit.document.kind not in _REPORTS:
        return ranked
    worth: dict[str, float] = {}
    first: dict[str, Scored] = {}
    for one in ranked[:_TOP]:
        if one.unit.document.id != best.unit.document.id:
            continue
        label = one.unit.clause.label
        if label in first:
            worth[label] += 0.5 * max(0.0, one.score - best.score + 0.5)
        elif one.score >= best.score - _NEAR - (0.2 if len(best.unit.text.split()) < _HEADLINE else 0.0):
            first[label] = one
            worth[label] = one.score + 0.5 * one.dense - (0.2 if len(one.unit.text.split()) < _HEADLINE else 0.0)
    top = first[max(worth, key=lambda label: worth[label])]
    return [top, *(one for one in ranked if one is not top)]


def rest_of_the_finding(context: Context, top: Scored) -> list[Scored]:
    """What a paragraph of a report goes on to say, when it is asked what was found and its opening answers best."""
    if not asks_for_findings(context) or top.unit.document.kind not in _REPORTS:
        return []
    own = [u for u in units(top.unit.document) if u.clause.label == top.unit.clause.label]
    at = next(i for i, unit in enumerate(own) if unit.key == top.unit.key)
    kept: list[Scored] = []
    words = 0
    for unit in own[at + 1 :]:
        words += len(unit.text.split())
        if words > _MOST_WORDS:
            break
        kept.append(context.ranking.score(unit))
    return kept
