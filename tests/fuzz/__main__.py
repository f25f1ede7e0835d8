"""Fuzz one group of readers until so many minutes of processor time are used.

Inputs are damaged by `mutate.py`; with --atheris the readers are instrumented and coverage guides them (needs
`pip install .[fuzz]`).  Each is tried in a process that may die of it.  What fails is made as small as quick
deletions make it and kept in `tests/fuzz/found`.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import importlib
import multiprocessing
import resource
import sys
import time
import traceback
from multiprocessing.connection import Connection
from pathlib import Path

GUIDED = "--atheris" in sys.argv
if GUIDED:
    import atheris

    INSTRUMENTED = atheris.instrument_imports(include=["ingest", "email", "olefile", "oxmsg"])
else:
    INSTRUMENTED = contextlib.nullcontext()

with INSTRUMENTED:  # what is imported here is watched, the readers too, which are else imported when first needed
    for reader in ("docx", "html", "mail", "msg", "pdf", "scan", "text"):
        importlib.import_module(f"ingest.readers.{reader}")
    from tests.fuzz.check import examine, no_tesseract_needed
    from tests.fuzz.mutate import mutated
    from tests.fuzz.seeds import GROUPS, seeds

FOUND = Path(__file__).parent / "found"
BATCH = 200
PATIENCE = 120.0  # seconds for one input, beyond which the process is ended
MEMORY = 3_000_000_000


def _work(group: str, first: int, pipe: Connection) -> None:
    """Try a batch; tells each number before it is tried, and what was wrong with it."""
    files = seeds(group)
    with no_tesseract_needed():
        for number in range(first, first + BATCH):
            pipe.send((number, None))
            try:
                examine(mutated(files, number))
            except Exception:  # noqa: BLE001 - this is what is looked for
                pipe.send((number, traceback.format_exc()))
    pipe.send((-1, None))


def _fails(content: bytes) -> bool:
    try:
        examine(content)
    except Exception:  # noqa: BLE001
        return True
    return False


def smaller(content: bytes, seconds: float = 20.0) -> bytes:
    """A part of the content that still fails, found by leaving out ever smaller pieces."""
    until, piece = time.monotonic() + seconds, len(content) // 2
    while piece:
        at = 0
        while at < len(content) and time.monotonic() < until:
            shorter = content[:at] + content[at + piece :]
            if _fails(shorter):
                content = shorter
            else:
                at += piece
        piece //= 2
    return content


def keep(group: str, content: bytes, why: str, *, shrink: bool) -> None:
    """Write what failed to the folder of findings, and why to standard error."""
    with no_tesseract_needed():
        content = smaller(content) if shrink else content
    path = FOUND / f"{group}-{hashlib.sha256(content).hexdigest()[:10]}.bin"
    path.write_bytes(content)
    print(f"{path.name}: {why}", file=sys.stderr, flush=True)


def fuzz(group: str, minutes: float, first: int) -> int:
    """How many inputs were tried."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))  # here too: what failed is made smaller here
    number, told, shown = first, set(), 0.0
    while (used := resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime) < 60 * minutes:
        if used >= shown + 60:
            shown = used
            print(f"{group}: {number - first:,} inputs in {used / 60:.1f} minutes", flush=True)
        ours, theirs = multiprocessing.Pipe()
        process = multiprocessing.Process(target=_work, args=(group, number, theirs))
        process.start()
        theirs.close()
        try:
            while ours.poll(PATIENCE):
                current, why = ours.recv()
                if current < 0:
                    break
                number = current
                last = (why or "").strip().splitlines()[-1:]
                if why is not None and (where := tuple(why.splitlines()[-4:])) not in told:
                    told.add(where)
                    keep(group, mutated(seeds(group), number), f"{last}\n{why}", shrink=True)
            else:
                keep(group, mutated(seeds(group), number), f"took longer than {PATIENCE:.0f} seconds", shrink=False)
                process.kill()
        except EOFError:
            process.join()
            keep(group, mutated(seeds(group), number), f"the process died: {process.exitcode}", shrink=False)
        process.join()
        number += 1
    return number - first


def guided(group: str, minutes: float) -> None:
    """The same by atheris, which ends the process at the first failure or when the time is up."""
    files = seeds(group)
    corpus = Path("/tmp") / f"fuzz-{group}"
    corpus.mkdir(exist_ok=True)
    for file in files:
        (corpus / hashlib.sha256(file).hexdigest()[:10]).write_bytes(file)

    def one(content: bytes) -> None:
        try:
            examine(content)
        except Exception:
            keep(group, content, traceback.format_exc(), shrink=False)
            raise

    def damage(content: bytes, most: int, seed: int) -> bytes:
        return mutated([content or b" ", *files], seed)[:most] if seed % 2 else atheris.Mutate(content, most)[:most]

    with no_tesseract_needed():
        flags = [f"-max_total_time={60 * minutes:.0f}", "-max_len=100000", "-timeout=120", "-rss_limit_mb=4000"]
        atheris.Setup([sys.argv[0], *flags, str(corpus)], one, custom_mutator=damage)
        atheris.Fuzz()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("group", choices=GROUPS)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--first", type=int, default=int(time.time()) * 1_000, help="number of the first input")
    parser.add_argument("--atheris", action="store_true")
    args = parser.parse_args()
    if args.atheris:
        guided(args.group, args.minutes)
    else:
        print(f"{args.group}: {fuzz(args.group, args.minutes, args.first):,} inputs")


if __name__ == "__main__":
    main()
