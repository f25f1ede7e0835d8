"""Numbers in figures and in words."""

from __future__ import annotations

import re

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL = {word: i for i, word in enumerate(_UNITS.split())} | {w: 10 * i for i, w in enumerate(_TENS.split(), 2)}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}

_SMALL_WORD = "|".join(sorted(_SMALL, key=len, reverse=True))
SCALE_WORD = "|".join(SCALES)
WORD_NUMBER = (
    rf"(?:(?:{_SMALL_WORD}|an?(?=\s+(?:{SCALE_WORD})\b))\b(?:[\s-]+(?:and\s+)?(?:{_SMALL_WORD}|{SCALE_WORD})\b)*)"
)
DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
NUMBER = rf"(?:{DIGITS}|{WORD_NUMBER})"


def number_of(words: str) -> float | None:
    """The value of `1,250`, `2.6`, `forty-five` or `two hundred and six`; None when it is no number."""
    plain = words.strip().lower().replace(",", "")
    if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", plain):
        return float(plain) if len(plain) < 40 else None
    total, current, seen = 0, 0, False
    for word in re.split(r"[\s-]+", plain):
        if word in {"and", ""}:
            continue
        if word in {"a", "an"}:
            current, seen = 1, True
        elif word in _SMALL:
            current, seen = current + _SMALL[word], True
        elif word in SCALES:
            scale = SCALES[word]
            if scale == 100:
                current = max(current, 1) * 100
            else:
                total, current = total + max(current, 1) * scale, 0
            seen = True
        else:
            return None
    return float(total + current) if seen else None


def plain_number(number: float) -> str:
    """`466`, `2.6`: no trailing zeros, no separators."""
    return str(int(number)) if number == int(number) else repr(round(number, 6))
