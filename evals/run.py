"""The evaluation: cases -> ask -> score -> gate, and what `clausewise eval` does with its arguments.

`api/cli.py` calls `main(...)` below with typed arguments and exits with what it returns:

    clausewise eval [--url URL] [--corpus DIR] [--data DIR] [--json FILE] [--junit FILE] [--failures]
                    [--part tuning|reserved] [--tag TAG]... [--renamed SEED] [--gate FILE] [CASES...]

Give `data` only when the user named a data folder: without it the corpus is indexed afresh in a temporary
folder, so that the figures are those of the code at hand and the user's index is left alone.
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from evals import gate as gates
from evals import report
from evals.askers import Target, in_process, library_over, over_http
from evals.case import Case, Part, default_paths, load_cases
from evals.citing import judge_citations
from evals.metrics import Result
from evals.originals import Names
from evals.renaming import renamed_corpus
from evals.reply import Asker, Reply, Sources
from evals.scorers import score_content, score_status
from ingest.errors import ClausewiseError, InputError
from retrieval.answer import Ask

if TYPE_CHECKING:
    from ingest.encode import Encoder

DONE, SHORT, BAD_INPUT = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Run:
    """All results of one evaluation, in the order of the cases, and the cases left out for want of documents."""

    results: tuple[Result, ...]
    skipped: tuple[Case, ...]
    about: dict[str, object]


def run_cases(
    cases: Sequence[Case],
    ask: Asker,
    sources: Sources,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Result, ...]:
    """Ask and judge every case in its order.  What breaks inside one case is that case's error, never a zero."""
    results = []
    for number, case in enumerate(cases, 1):
        results.append(run_case(case, ask, sources))
        if progress is not None:
            progress(number, len(cases))
    return tuple(results)


def run_case(case: Case, ask: Asker, sources: Sources) -> Result:
    started = time.perf_counter()
    try:
        absent = sorted({c.document for c in case.citations} - sources.ids())
        if absent:
            raise InputError(f"{', '.join(absent)} is not in the index; is this the corpus that the case is about?")
        reply = _converse(case, ask)
        status = score_status(case, reply)
        content = score_content(case, reply)
        citing = judge_citations(case, reply, sources)
    except Exception as error:  # noqa: BLE001 - whatever breaks is told and counted, and the other cases run on
        message = str(error) if isinstance(error, ClausewiseError) else _told(error)
        return Result(case, None, None, None, None, error=message, seconds=time.perf_counter() - started)
    return Result(case, reply, status, content, citing, seconds=time.perf_counter() - started)


def _told(error: Exception) -> str:
    """An unforeseen error with the place where it arose, for those who will mend it."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}: {error}{where}"


def _converse(case: Case, ask: Asker) -> Reply:
    """The reply to the case's question, after the earlier questions of its conversation."""
    conversation: str | None = None
    for question in case.after:
        conversation = ask(_asked(case, question, conversation)).conversation_id
    return ask(_asked(case, case.question, conversation))


def _asked(case: Case, question: str, conversation: str | None) -> Ask:
    return Ask(question=question, conversation_id=conversation, documents=case.documents, as_at=case.as_at)


def evaluate(cases: Sequence[Case], target: Target, *, progress: Callable[[int, int], None] | None = None) -> Run:
    """Run the cases whose documents the target holds; the others are counted as skipped."""
    chosen = about(cases, target.sources.ids())
    skipped = tuple(case for case in cases if case not in chosen)
    if not chosen:
        needed = _needed(cases)
        wanted = ", ".join(sorted({name for case in skipped for name in case.corpus or needed[case.suite]})[:4])
        raise InputError(f"none of the {len(skipped)} cases is about this corpus (they ask about {wanted} …)")
    results = run_cases(chosen, target.ask, target.sources, progress=progress)
    return Run(results, skipped, dict(target.about))


def about(cases: Sequence[Case], held: frozenset[str]) -> list[Case]:
    """The cases that can be asked of these documents."""
    needed = _needed(cases)
    return [case for case in cases if _is_about(needed[case.suite] if not case.corpus else case.corpus, case, held)]


def _needed(cases: Sequence[Case]) -> dict[str, frozenset[str]]:
    """The documents cited by the cases of each suite that names no corpus."""
    suites: dict[str, set[str]] = {}
    for case in cases:
        suites.setdefault(case.suite, set()).update(() if case.corpus else (c.document for c in case.citations))
    return {suite: frozenset(documents) for suite, documents in suites.items()}


def _is_about(documents: Iterable[str], case: Case, held: frozenset[str]) -> bool:
    """A named corpus must be there whole; without one, any document of the suite will do, and a gap is an error."""
    documents = frozenset(documents)
    return documents <= held if case.corpus else not documents or bool(documents & held)


def main(
    cases: Sequence[Path] = (),
    *,
    corpus: Path,
    encoder: Encoder | None = None,
    data: Path | None = None,
    url: str | None = None,
    token: str | None = None,
    renamed: int | None = None,
    gate: Path | None = None,
    json_file: Path | None = None,
    junit_file: Path | None = None,
    failures: bool = False,
    part: Part | None = None,
    tags: Sequence[str] = (),
    settings: dict[str, object] | None = None,
    out: TextIO | None = None,
    err: TextIO | None = None,
) -> int:
    """Evaluate and report: 0 when the gate is passed, 1 below it, 2 on bad input (one clear line on `err`).

    cases     YAML files or folders of them; none: those that come with the product
    encoder   what the index is encoded with; needed unless `url` is given
    data      an index to use as it stands (filled from `corpus` when empty); None: a fresh one, thrown away
    renamed   a seed: evaluate over a copy of the corpus with every council, person, place and date replaced
    settings  anything to keep in the JSON beside the results
    """
    out, err = out or sys.stdout, err or sys.stderr
    try:
        limits = gates.load_gate(gate or gates.default_path())
        chosen = _chosen(load_cases(tuple(cases) or default_paths()), part, tags)
        if url is not None:
            with over_http(url, token) as target:
                run = evaluate(chosen, target, progress=report.progress(err))
        elif encoder is None:
            raise InputError("an encoder is needed to evaluate in this process; or give --url")
        else:
            with contextlib.ExitStack() as stack:
                if renamed is not None:
                    corpus, chosen = stack.enter_context(renamed_copy(corpus, chosen, renamed))
                    data = None
                target = stack.enter_context(in_process(corpus, data, encoder))
                run = evaluate(chosen, target, progress=report.progress(err))
        run.about.update(
            settings=settings or {}, renamed=renamed, cases=[str(path) for path in cases], part=part, tags=list(tags)
        )
        short = report.shortfalls(run, limits)
        if json_file is not None:
            report.write_file(json_file, report.as_json(run, short))
        if junit_file is not None:
            report.write_file(junit_file, report.as_junit(run))
    except ClausewiseError as error:
        print(f"clausewise eval: {error}", file=err)
        return BAD_INPUT
    print(report.as_text(run, short, failures=failures), file=out)
    return SHORT if short else DONE


@contextlib.contextmanager
def renamed_copy(corpus: Path, cases: tuple[Case, ...], seed: int) -> Iterator[tuple[Path, tuple[Case, ...]]]:
    """A renamed copy of the corpus, thrown away at the end, and the cases about it."""
    from ingest.encode import HashEncoder

    with tempfile.TemporaryDirectory(prefix="clausewise-renamed-") as folder:
        with library_over(corpus, Path(folder) / "index", HashEncoder()) as library:
            documents = tuple(library.snapshot().documents.values())
        names = Names.load(Path(__file__).parent / "renaming.toml").with_index(documents)
        copy = Path(folder) / "corpus"
        yield copy, renamed_corpus(corpus, copy, cases, names, seed)


def _chosen(cases: Sequence[Case], part: Part | None, tags: Sequence[str]) -> tuple[Case, ...]:
    chosen = tuple(c for c in cases if (part is None or c.part == part) and (not tags or set(tags) & set(c.tags)))
    if not chosen:
        known = ", ".join(sorted({tag for case in cases for tag in case.tags}))
        raise InputError(f"no case has the part and tags asked for; tags are {known}")
    return chosen
