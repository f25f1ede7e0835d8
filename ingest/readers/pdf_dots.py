"""Bullets of a PDF that are drawn and not written, as browsers print them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.readers.pdf_glyphs import Dot, Run

_GAP = 32.0  # points from a bullet to its words, at most
_BULLETED = re.compile(r"[-–•▪◼●○*]\s")


def with_bullets(runs: Sequence[Run], dots: Sequence[Dot]) -> tuple[Run, ...]:
    """The runs, and a bullet for each dot that is drawn before the first words of a line."""
    made: list[Run] = []
    for dot in dots:
        row = [run for run in runs if run.top <= dot.middle <= run.bottom]
        words = min((run for run in row if run.x0 >= dot.x1), key=lambda run: run.x0, default=None)
        if words is None or words.x0 - dot.x1 > _GAP or any(run.x0 < dot.x0 for run in row):
            continue
        if dot.x1 - dot.x0 < 0.6 * words.size and not _BULLETED.match(words.text):
            made.append(Run("•", dot.x0, dot.x1, words.base, words.size, words.bold))
    return tuple(sorted([*runs, *made], key=lambda run: (run.base, run.x0)) if made else runs)
