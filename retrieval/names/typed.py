"""The words of a question as they were typed, with their places."""

from __future__ import annotations

import re
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*\.?")


class Word(NamedTuple):
    """A word at `[start, end)` of the question, without the full stop after it."""

    text: str
    start: int
    end: int


def words_of(question: str) -> list[Word]:
    """The words of a question, in order."""
    found = ((m.group().rstrip("."), m.start()) for m in _WORD.finditer(question))
    return [Word(text, start, start + len(text)) for text, start in found]
