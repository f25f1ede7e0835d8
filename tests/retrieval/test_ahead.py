from __future__ import annotations

from retrieval.ahead import TOGETHER, read_ahead
from retrieval.evidence.units import units
from tests.retrieval.asking import Desk


def test_every_sentence_is_read_once(other_desk: Desk) -> None:
    snapshot = other_desk.snapshot
    texts = {unit.in_place for document in snapshot.documents.values() for unit in units(document)}
    assert read_ahead(snapshot) >= sum(len(text.split()) for text in texts) / 2
    assert set(texts) <= set(snapshot._vectors._tokens.known([*texts]))


def test_it_stops_when_told(other_desk: Desk) -> None:
    asked: list[bool] = []

    def stopped() -> bool:
        asked.append(len(asked) == 2)
        return asked[-1]

    longest = max(len(unit.text) for d in other_desk.snapshot.documents.values() for unit in units(d))
    assert read_ahead(other_desk.snapshot, stopped) <= 2 * TOGETHER * (longest + 200)
    assert len(asked) == 3
