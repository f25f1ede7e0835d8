"""Words on a picture of a page, with their places, by Tesseract."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

from ingest.errors import ReadError
from ingest.readers.ocr_margin import with_hanging
from ingest.readers.ocr_words import Word
from ingest.readers.skew import straightened

_WHICH_WAY = ("--psm", "0", "-c", "min_characters_to_try=30")
_TURN = re.compile(r"Rotate: (90|180|270)\nOrientation confidence: (\d+\.\d+)")
_LIKELY = 0.5  # confidence from which a page is tried turned first
_READABLE = 70.0  # percent; letters that stand on their heads are recognised with some 40, good print with 95
_PAGE, _LINES = "3", "6"  # how Tesseract sees a picture: as a page with columns, or as lines
_WORD = "5"  # the level of a word in Tesseract's table
INSTALL = "install Tesseract (the package tesseract-ocr) and run ingest again, or recognise it first with ocrmypdf"


class SlowError(Exception):
    """The time is up."""


class MissingError(Exception):
    """Tesseract is not installed."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """The words of a page that was turned and straightened, in reading order; its size in pixels."""

    words: tuple[Word, ...]
    width: int
    height: int

    @property
    def sure(self) -> float:
        """How sure the words are, in percent, each by its letters; what does not stand upright counts for nothing."""
        letters = sum(len(word.text) for word in self.words)
        right = sum(len(word.text) * word.sure for word in self.words if word.upright)
        return right / letters if letters else 0.0

    @property
    def letters(self) -> int:
        """How many letters and digits were recognised."""
        return sum(c.isalnum() for word in self.words for c in word.text)


class Tesseract:
    """The program, for the pages of one file.  Raises MissingError when it is not installed."""

    def __init__(self, path: Path | str, until: float) -> None:
        """`path` serves for messages; `until` is the moment (of time.monotonic) to stop at."""
        program = shutil.which("tesseract")
        if program is None:
            raise MissingError
        self._program, self._path, self._until = program, path, until

    def recognise(self, page: Image.Image) -> Recognised:
        """The words of a page (grey), whichever way it lies.  Raises ReadError when Tesseract fails, and SlowError."""
        best = Recognised((), page.width, page.height)
        for degrees in self._ways(page):
            straight = straightened(page.rotate(degrees, expand=True) if degrees else page)
            found = Recognised(self._words(straight, _PAGE), straight.width, straight.height)
            if found.sure >= _READABLE:
                words = with_hanging(straight, found.words, lambda sheet: self._words(sheet, _LINES))
                return replace(found, words=words)
            if found.sure > best.sure:
                best = found
            if not found.words:
                break
        return best

    def _ways(self, page: Image.Image) -> Iterator[int]:
        """Degrees to turn the page by, the likeliest first."""
        said = _TURN.search(self._asked(page, *_WHICH_WAY) or "")
        likely = -int(said[1]) % 360 if said is not None and float(said[2]) >= _LIKELY else 0
        yield likely
        yield from (degrees for degrees in (0, 180, 90, 270) if degrees != likely)

    def _words(self, page: Image.Image, layout: str) -> tuple[Word, ...]:
        said = self._asked(page, "--psm", layout, "-c", "tessedit_create_tsv=1")
        if said is None:
            raise ReadError(self._path, "Tesseract failed on it; recognise it first with ocrmypdf")
        return tuple(_table(said))

    def _asked(self, page: Image.Image, *how: str) -> str | None:
        """What Tesseract says of a page; None when it fails."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise SlowError
        picture = io.BytesIO()
        page.save(picture, "PNG", compress_level=1)
        try:
            done = subprocess.run(
                [self._program, "stdin", "stdout", *how],
                input=picture.getvalue(),
                capture_output=True,
                timeout=left,
                check=False,
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            )
        except subprocess.TimeoutExpired as error:
            raise SlowError from error
        except OSError as error:
            raise MissingError from error
        return None if done.returncode else done.stdout.decode("utf-8", "replace")


def _table(said: str) -> Iterator[Word]:
    """The words of Tesseract's table; lines that are no rows of it are passed over."""
    for row in csv.DictReader(io.StringIO(said), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row.get("text") or "").strip()
        if row.get("level") != _WORD or not text:
            continue
        left, top = int(row["left"]), int(row["top"])
        line = (int(row["block_num"]), int(row["par_num"]), int(row["line_num"]))
        yield Word(
            text, left, top, left + int(row["width"]), top + int(row["height"]), line, max(0.0, float(row["conf"]))
        )
