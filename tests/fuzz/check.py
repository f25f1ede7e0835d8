"""What must hold of any file: it is read in bounded time or refused with a reason, and what is read can be cited."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from ingest.errors import ReadError
from ingest.intake import check
from ingest.limits import Limits
from ingest.parse import parse
from ingest.read import read_bytes
from ingest.readers import ocr

LIMITS = Limits(bytes=5_000_000, characters=500_000, seconds=20.0)
SECONDS = 30.0  # of processor time, on any machine
_HEAD = "level page_num block_num par_num line_num word_num left top width height conf text".replace(" ", "\t")
_SAID = "\n".join(
    [_HEAD, *(f"5\t1\t1\t1\t{n // 3}\t{n % 3}\t{9 + 30 * (n % 3)}\t{20 * n}\t25\t9\t90\tword{n}" for n in range(9))]
)


def examine(content: bytes) -> str:
    """How the file was taken: its format, or `refused`.  Raises whatever is wrong with the readers."""
    started = time.process_time()
    taken = "refused"
    try:
        raw = read_bytes(content, "a.bin", LIMITS, isolated=False)
        document = parse(raw, source="a.bin", sha256="0" * 64)
        check(document)
        taken = raw.format
    except ReadError as error:
        if "\n" in str(error) or "please report" in str(error):
            raise AssertionError(str(error)) from error
    took = time.process_time() - started
    if took > SECONDS:
        raise AssertionError(f"it took {took:.0f} seconds")
    return taken


@contextmanager
def no_tesseract_needed() -> Iterator[None]:
    """Pictures are decoded, straightened and laid out; a stand-in for Tesseract says words at once."""
    with (
        mock.patch("shutil.which", return_value=os.devnull),
        mock.patch.object(ocr.Tesseract, "_asked", return_value=_SAID),
    ):
        yield
