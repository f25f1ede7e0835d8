"""A sync killed at any moment leaves the last good state, and the next one completes it."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from ingest.encode import Encoder, HashEncoder
from ingest.library import Library
from ingest.sync import sync

KILLS = 50

# A process with everything imported, which forks a worker for each line it reads: a start costs milliseconds.
# A worker syncs round after round, each over a corpus that differs from the last, until it is killed.
NURSERY = """
import os, sys
from pathlib import Path
import bm25s, chromadb, Stemmer
from ingest.encode import make_encoder
from ingest.library import Library
from ingest.sync import sync

corpus, data, model = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] or None
if model is None:
    import sentence_transformers
FILES = int(sys.argv[4])

def content(name, number):
    lines = [f"{i}. Clause {i} of file {name} as it stands in round {number}." for i in range(1, 12)]
    return "Notice\\n\\n" + "\\n".join(lines) + "\\n"

def write_round(number):
    for name in range(FILES):
        (corpus / ".new").write_text(content(name, number))
        (corpus / ".new").replace(corpus / f"file-{name}.txt")
    (corpus / f"only-{number}.txt").write_text(f"1. A clause that stands in round {number}.\\n")
    for old in corpus.glob("only-*.txt"):
        if old.name != f"only-{number}.txt":
            old.unlink()

def say(*words):
    os.write(1, (" ".join(map(str, words)) + "\\n").encode())

def work(number):
    with Library.open(data, make_encoder(model), wait=10) as library:
        while True:
            write_round(number)
            say("begin", number)
            sync(corpus, library)
            say("end", number)
            number += 1

say("ready")
for line in sys.stdin:
    pid = os.fork()
    if pid == 0:
        try:
            work(int(line))
        except BaseException as error:
            say("fault", repr(error))
        os._exit(1)
    say("child", pid)
    os.waitpid(pid, 0)
    say("dead")
"""


class Nursery:
    """Starts workers and kills them."""

    def __init__(self, corpus: Path, data: Path, model: str, files: int) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", NURSERY, str(corpus), str(data), model, str(files)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": str(Path.cwd()), "OMP_NUM_THREADS": "1"},
        )
        assert self._line() == ["ready"]

    def _line(self) -> list[str]:
        assert self.process.stdout is not None
        return self.process.stdout.readline().split()

    def kill_one(self, number: int, after: float, wait_for: str = "child") -> list[list[str]]:
        """Let a worker go from a round on and kill it some seconds after it has said a word; what it said."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{number}\n")
        self.process.stdin.flush()
        said = [self._line()]
        while not any(line[0] in (wait_for, "fault", "dead") for line in said):
            said.append(self._line())
        time.sleep(after)
        pid = next(int(line[1]) for line in said if line[0] == "child")
        if ["dead"] not in said:
            os.kill(pid, signal.SIGKILL)
        while said[-1] != ["dead"]:
            said.append(self._line())
        return said

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(30)


def _state(library: Library, encoder: Encoder, files: int) -> int | None:
    """The one round that every document comes from, after checking that nothing is missing; None when empty."""
    snapshot = library.snapshot()
    if not snapshot.documents:
        return None
    rounds = {int(found) for d in snapshot.documents.values() for found in re.findall(r"round (\d+)", d.text)}
    assert len(rounds) == 1, f"a mixture of the rounds {rounds}"
    (number,) = rounds
    assert set(snapshot.documents) == {f"file-{i}" for i in range(files)} | {f"only-{number}"}
    assert {chunk.document_id for chunk in snapshot.chunks} == set(snapshot.documents)
    everything = range(len(snapshot.chunks))
    exact = encoder.encode([chunk.embedded for chunk in snapshot.chunks])
    found = snapshot.vectors(everything)
    assert np.allclose(found, exact, atol=1e-4), "a vector is lost or another's"
    text = snapshot.chunks[0].text
    assert snapshot.lexical_scores(text)[0] > 0
    nearest = snapshot.dense_scores("clause", None, len(everything))
    assert len(nearest) == len(everything), "the vector index has lost some"
    return number


def _round_of(corpus: Path) -> int | None:
    """The round that the corpus folder holds; None when the worker died while writing it."""
    texts = [path.read_text() for path in corpus.glob("*.txt")]
    rounds = {int(found) for text in texts for found in re.findall(r"round (\d+)", text)}
    return rounds.pop() if len(rounds) == 1 and len(list(corpus.glob("only-*.txt"))) == 1 else None


def _kill_and_look(tmp_path: Path, model: str, encoder: Encoder, kills: int, files: int, longest: float) -> int:
    """Kill workers and look at what each left; how many died in the middle of a sync."""
    corpus, data = tmp_path / "corpus", tmp_path / "data"
    corpus.mkdir()
    nursery = Nursery(corpus, data, model, files)
    chance = random.Random(20_261_122)
    good: int | None = None
    number = midway = 0
    try:
        for _ in range(kills):
            # Now and then already while the library opens, else some time after a sync has begun.
            wait_for = "child" if chance.random() < 0.15 else "begin"
            said = nursery.kill_one(number, chance.uniform(0, longest), wait_for)
            assert not [line for line in said if line[0] == "fault"], said
            begun = [int(line[1]) for line in said if line[0] == "begin"]
            ended = [int(line[1]) for line in said if line[0] == "end"]
            midway += len(begun) > len(ended)
            last = ended[-1] if ended else good
            with Library.open(data, encoder) as library:
                good = _state(library, encoder, files)
                assert good == last or (begun and good == begun[-1]), f"round {good} stands after {said}"
                whole = _round_of(corpus)
                if whole is not None and chance.random() < 0.4:  # else the next worker goes on from here
                    sync(corpus, library)
                    good = _state(library, encoder, files)
                    assert good == whole
                    assert library._vectors.keys() == set(library.snapshot().keys)
            number = max([number, *begun]) + 1
        said = nursery.kill_one(number, 0, "end")  # after all of that, a sync that nobody disturbs
        assert ["end", str(number)] in said
        with Library.open(data, encoder) as library:
            assert _state(library, encoder, files) in (number, number + 1)
    finally:
        nursery.close()
    return midway


@pytest.mark.slow
def test_killed_at_any_moment(tmp_path: Path) -> None:
    midway = _kill_and_look(tmp_path, "hash-64", HashEncoder(), kills=KILLS, files=6, longest=0.5)
    assert midway >= KILLS // 4, "too few died in the middle to say anything"


@pytest.mark.slow
@pytest.mark.model
def test_killed_with_the_real_model(tmp_path: Path, real_encoder: Encoder) -> None:
    _kill_and_look(tmp_path, "", real_encoder, kills=3, files=1, longest=8)
