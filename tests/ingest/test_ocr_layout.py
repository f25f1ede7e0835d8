"""Recognised pages set as print: specks are no bullets, and make no words large."""

from __future__ import annotations

from ingest.readers.ocr import Recognised
from ingest.readers.ocr_layout import printed
from ingest.readers.ocr_words import Word

SIZE = 40


def line(number: int, words: str, *, x: int = 270, high: int = SIZE, speck: int | None = None) -> list[Word]:
    """A line of the first paragraph; `speck` is where a sign before it begins."""
    y = 100 + 60 * number
    made = [Word("•", speck, y + 10, speck + 12, y + 22, (1, 1, number), 95.0)] if speck is not None else []
    for word in words.split():
        width = 20 * len(word)
        made.append(Word(word, x, y, x + width, y + round(0.72 * high), (1, 1, number), 95.0))
        x += width + 14
    return made


def texts(*made: list[Word]) -> list[tuple[str, float]]:
    page = Recognised(tuple(word for words in made for word in words), 1700, 2200)
    return [(run.text, run.size) for run in printed(page, 250 / 72).runs]


def test_a_speck_far_out_is_no_bullet() -> None:
    found = texts(line(1, "the number has fallen"), line(2, "from 94 to 31", speck=127), line(3, "and may fall on"))
    assert [text for text, _ in found] == ["the number has fallen", "from 94 to 31", "and may fall on"]


def test_bullets_near_their_words_stay() -> None:
    found = texts(line(1, "They must:"), line(2, "train staff", speck=210), line(3, "lock the room", speck=210))
    assert " ".join(text for text, _ in found) == "They must: • train staff • lock the room"


def test_bullets_far_out_stay_where_there_are_many() -> None:
    found = texts(*(line(n, "lock the room", speck=127) for n in range(1, 5)))
    assert [text.lstrip("• ") for text, _ in found if text != "•"] == ["lock the room"] * 4
    assert sum(text.startswith("•") for text, _ in found) == 4


def test_a_word_alone_is_as_large_as_its_paragraph() -> None:
    sizes = {size for _, size in texts(line(1, "must tell us if she gives"), line(2, "notice", high=62))}
    assert len(sizes) == 1
