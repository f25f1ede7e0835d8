"""Files of thousands of pages and hundreds of megabytes: refused or read in bounded time and memory.

Each is made on the fly and ingested by a process of its own, whose peak memory (and that of the process that reads
for it) the system tells when it ends.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.ingest.documents import column, make_pdf

SECONDS = 20.0  # of processor time, starting and all
MEGABYTE = 1_000_000
INGEST = '''
import json, resource, sys
from pathlib import Path
from ingest.encode import HashEncoder
from ingest.library import Library
from ingest.limits import Limits
from ingest.sync import sync
import ingest.isolate


def own_peak():
    """ru_maxrss of a process starts at what its parent held when it was made; this is the program's own."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return next(int(line.split()[1]) * 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM"))


with Library.open(Path("data"), HashEncoder()) as library:
    report = sync(Path("corpus"), library, limits=Limits(**json.loads(sys.argv[1])))
    clauses = {d.id: len(d.clauses) for d in library.snapshot().documents.values()}
    pages = {d.id: len(d.pages) for d in library.snapshot().documents.values()}
ingest.isolate._child.stop()
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
peaks = [own_peak(), used[1].ru_maxrss * 1024]
seconds = sum(one.ru_utime + one.ru_stime for one in used)
problems = [[p.source, p.why] for p in report.problems]
print(json.dumps({"problems": problems, "clauses": clauses, "pages": pages, "peaks": peaks, "seconds": seconds}))
'''


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "small.txt").write_text("1. The council must act.\n")
    return folder


def ingested(corpus: Path, **limits: float) -> dict[str, Any]:
    """What became of the files, and what it took in seconds and bytes."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", INGEST, json.dumps(limits)],
        cwd=corpus.parent,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def pdf_of(pages: int) -> bytes:
    return make_pdf([column([f"{n}. The council must publish part {n}."]) for n in range(1, pages + 1)])


def write_text(path: Path, size: int) -> None:
    block = b"".join(b"%d. The council must publish part %d of its plan.\n\n" % (n, n) for n in range(1, 20_001))
    with path.open("wb") as file:
        for _ in range(size // len(block) + 1):
            file.write(block)


def test_a_pdf_of_5000_pages_is_refused_at_once(corpus: Path) -> None:
    (corpus / "huge.pdf").write_bytes(pdf_of(5_000))
    told = ingested(corpus)
    assert told["problems"] == [
        ["huge.pdf", "it has 5,000 pages, more than the limit of 2,000; split it, or raise the limit"]
    ]
    assert told["clauses"] == {"small": 1}
    assert told["seconds"] < SECONDS
    assert max(told["peaks"]) < 500 * MEGABYTE


def test_a_pdf_of_1000_pages_is_read_in_bounded_memory(corpus: Path) -> None:
    (corpus / "long.pdf").write_bytes(pdf_of(1_000))
    told = ingested(corpus)
    assert told["problems"] == []
    assert (told["clauses"]["long"], told["pages"]["long"]) == (1_000, 1_000)
    assert told["seconds"] < SECONDS
    assert max(told["peaks"]) < 500 * MEGABYTE


def test_a_pdf_that_takes_too_long_says_how_far_it_came(corpus: Path) -> None:
    (corpus / "huge.pdf").write_bytes(pdf_of(5_000))
    told = ingested(corpus, pages=5_000, seconds=0.5)
    assert told["problems"][0][1].startswith("reading stopped at page ")
    assert told["seconds"] < SECONDS


def test_a_text_of_190_megabytes_is_refused_without_being_read(corpus: Path) -> None:
    write_text(corpus / "huge.txt", 190 * MEGABYTE)
    told = ingested(corpus)
    assert told["problems"][0][0] == "huge.txt"
    assert "the setting `limits.bytes` is 100,000,000" in told["problems"][0][1]
    assert told["seconds"] < SECONDS
    assert max(told["peaks"]) < 400 * MEGABYTE


def test_a_text_of_190_megabytes_is_refused_by_its_characters_where_its_size_is_allowed(corpus: Path) -> None:
    write_text(corpus / "huge.txt", 190 * MEGABYTE)
    told = ingested(corpus, bytes=250 * MEGABYTE)
    assert "far more characters than the limit of 5,000,000" in told["problems"][0][1]
    assert told["clauses"] == {"small": 1}
    assert told["seconds"] < SECONDS
    assert max(told["peaks"]) < 900 * MEGABYTE


def test_a_text_a_little_over_the_limit_is_counted(corpus: Path) -> None:
    write_text(corpus / "long.txt", 6 * MEGABYTE)
    told = ingested(corpus)
    assert "characters, more than the limit of 5,000,000" in told["problems"][0][1]
    assert told["seconds"] < SECONDS
    assert max(told["peaks"]) < 400 * MEGABYTE
