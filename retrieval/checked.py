"""The last step: a draft is composed, and verified against the documents that it quotes."""

from __future__ import annotations

import logging
from dataclasses import replace

from retrieval.answer import Answer
from retrieval.compose import compose
from retrieval.draft import Draft, Line, answered, not_found, sentence
from retrieval.knowledge import Knowledge
from retrieval.stages import Stage, reached
from retrieval.verify import verify

log = logging.getLogger("clausewise.retrieval")


def checked(draft: Draft, knowledge: Knowledge) -> Answer:
    """Compose and verify; a draft that fails by a label alone goes without it, else falls back to its quotations
    themselves, else to `not_found`."""
    reached(Stage.COMPOSING)
    answer = compose(draft)
    reached(Stage.VERIFYING)
    faults = verify(answer, knowledge.snapshot.documents, [line.derived for line in draft.lines])
    if not faults:
        return answer
    log.warning("an answer did not verify: %s", faults[0])
    if relabelled := _under_other_labels(draft, knowledge):
        return relabelled
    quotes = list(dict.fromkeys(quote for line in draft.lines for quote in line.quotes))
    plain = answered(
        [Line(sentence(quote.text), (quote,)) for quote in quotes],
        confidence=draft.confidence,
        because=f"shown as quoted: {faults[0].why} ({faults[0].token})",
    ).led_by(*draft.because)
    answer = compose(plain)
    if quotes and not verify(answer, knowledge.snapshot.documents, [line.derived for line in plain.lines]):
        return answer
    return compose(not_found("The documents do not say that in words that can be checked.", because=str(faults[0].why)))


def _under_other_labels(draft: Draft, knowledge: Knowledge) -> Answer | None:
    """The same answer under the titles of the papers it cites, else under no labels, where that verifies."""
    if not any(line.label for line in draft.lines):
        return None
    titled = [replace(line, label=_title_of(line)) for line in draft.lines]
    for lines in (titled, [replace(line, label="") for line in draft.lines]):
        answer = compose(replace(draft, lines=tuple(lines)))
        if not verify(answer, knowledge.snapshot.documents, [line.derived for line in lines]):
            return answer
    return None


def _title_of(line: Line) -> str:
    return line.quotes[0].document.title if line.label and line.quotes else ""
