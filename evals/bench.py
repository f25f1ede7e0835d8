"""Measures of the product on this machine: `clausewise bench`.

ingest      clauses a second through the whole of ingest, next to the bare model on the same texts
answers     p50 and p95 of an answer next to one query encoded, in the same run, over few and many documents
accuracy    the cases over the corpus, over a renamed copy of it, and over 300 generated near-identical notices
baselines   what simpler pipelines reach on the same cases
retrieval   clause retrieval over ObliQA, where its files are (evals/obliqa.py)
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from evals.askers import Target, library_over, local_target
from evals.baselines.clause_fusion import clause_fusion
from evals.baselines.textbook import textbook
from evals.case import Case, default_paths, load_cases
from evals.generate import generate
from evals.metrics import Result, Share, measure
from evals.report import metrics_as_dict, write_file
from evals.run import evaluate, renamed_copy
from evals.throughput import throughput
from ingest.encode import Encoder
from ingest.errors import ClausewiseError
from ingest.library import Library
from retrieval.answer import Ask

NOTICES, SEED = 300, 20_260_101
_TIMED = 150  # questions timed a corpus: enough for a p95
PARTS = ("ingest", "answers", "renamed", "generated", "baselines", "retrieval")


@dataclass(slots=True)
class _Bench:
    corpus: Path
    encoder: Encoder
    out: TextIO
    notices: int
    folder: Path
    figures: dict[str, Any] = field(default_factory=dict)

    def tell(self, line: str) -> None:
        print(line, file=self.out, flush=True)

    def answers(self) -> None:
        """Accuracy and time over the corpus."""
        cases = _cases()
        with library_over(self.corpus, self.folder / "corpus-index", self.encoder) as library:
            target = local_target(library, {})
            self._times("corpus", [case.question for case in cases if not case.corpus], target, library)
            self._accuracy("corpus", cases, target)

    def renamed(self) -> None:
        """Accuracy over renamed copies of the corpus: the same is expected."""
        for seed in (1, 2):
            with (
                renamed_copy(self.corpus, _cases(), seed) as (corpus, cases),
                library_over(corpus, self.folder / f"renamed-{seed}", self.encoder) as library,
            ):
                self._accuracy(f"renamed copy {seed}", cases, local_target(library, {}))

    def ingest(self) -> None:
        """Speed of ingest over many notices, next to the bare model."""
        generate(self.notices, SEED).write(self.folder / "to-ingest")
        figures, line = throughput(self.folder / "to-ingest", self.folder / "ingest-index", self.encoder)
        self.figures["ingest"] = {"documents": self.notices, **figures}
        self.tell(line)

    def generated(self) -> None:
        """Accuracy and time over many near-identical notices."""
        made = generate(self.notices, SEED)
        made.write(self.folder / "generated")
        with library_over(self.folder / "generated", self.folder / "generated-index", self.encoder) as library:
            target = local_target(library, {})
            self._times("generated", [case.question for case in made.cases], target, library)
            self._accuracy(f"{self.notices} generated documents", made.cases, target)

    def baselines(self) -> None:
        """Simpler pipelines on the cases of the corpus."""
        cases = _cases()
        with library_over(self.corpus, self.folder / "baseline-index", self.encoder) as library:
            target, snapshot = local_target(library, {}), library.snapshot()
            for name, make in (("textbook, best chunk", textbook), ("clauses, rank fusion", clause_fusion)):
                plain = Target(make(snapshot, self.encoder), target.sources, {})
                self._accuracy(f"baseline: {name}", cases, plain)

    def retrieval(self) -> None:
        """ObliQA through the product's own index and search, where its measure and its files are."""
        if importlib.util.find_spec("evals.obliqa") is None:
            self.tell("ObliQA: evals/obliqa.py is not part of this installation")
            return
        found = importlib.import_module("evals.obliqa").bench(self.encoder)
        if found is None:
            self.tell("ObliQA: its files are not on this machine")
            return
        self.figures["obliqa"] = dict(found)
        self.tell("ObliQA: " + ", ".join(f"{name} {_plain(value)}" for name, value in found.items()))

    def _accuracy(self, name: str, cases: Sequence[Case], target: Target) -> None:
        run = evaluate(cases, target)
        whole = measure(run.results)
        self.figures.setdefault("accuracy", {})[name] = {
            "whole": metrics_as_dict(whole),
            **{part: metrics_as_dict(measure(_of(part, run.results))) for part in ("tuning", "reserved")},
            "wrong": [r.case.id for r in run.results if not r.right],
        }
        parts = ", ".join(
            f"{part} {_told(measure(_of(part, run.results)).accuracy)}" for part in ("tuning", "reserved")
        )
        self.tell(
            f"{name}: {_told(whole.accuracy)} right ({parts}); refusals {_told(whole.right_refusals)}; "
            f"wrong refusals {_told(whole.wrong_refusals)}; wrong document {_told(whole.wrong_document)}; "
            f"quotations exact {_told(whole.exact_quotes)}" + (f"; {whole.errors} ERRORS" if whole.errors else "")
        )

    def _times(self, name: str, questions: Sequence[str], target: Target, library: Library) -> None:
        """Answers timed beside the encoding of the same question, before anything else is asked: none is remembered."""
        chosen = list(dict.fromkeys(questions))
        chosen = chosen[:: max(1, len(chosen) // _TIMED)][:_TIMED]
        encode, answer = [], []
        target.ask(Ask("is everything loaded?"))
        for question in chosen:
            encode.append(_seconds(lambda q=question: self.encoder.encode([q])))  # type: ignore[misc]
            answer.append(_seconds(lambda q=question: target.ask(Ask(q))))  # type: ignore[misc]
        rows = {"encode": encode, "answer": answer}
        told = {key: {"p50_ms": _at(0.5, times), "p95_ms": _at(0.95, times)} for key, times in rows.items()}
        ratios = {f"p{n}_ratio": round(_at(n / 100, answer) / max(_at(n / 100, encode), 1e-6), 2) for n in (50, 95)}
        clauses = len(library.snapshot().chunks)
        self.figures.setdefault("answers", {})[name] = {"questions": len(chosen), "clauses": clauses, **told, **ratios}
        self.tell(
            f"answers over {clauses} clauses ({name}), {len(chosen)} questions: "
            f"p50 {told['answer']['p50_ms']} ms, p95 {told['answer']['p95_ms']} ms; one query encoded "
            f"p50 {told['encode']['p50_ms']} ms, p95 {told['encode']['p95_ms']} ms; "
            f"ratios {ratios['p50_ratio']} and {ratios['p95_ratio']}"
        )


def main(
    *,
    corpus: Path,
    encoder: Encoder,
    json_file: Path | None = None,
    parts: Sequence[str] = (),
    notices: int = NOTICES,
    out: TextIO | None = None,
    err: TextIO | None = None,
) -> int:
    """Run the parts named (all by default): 0 done, 1 when a part broke (the others still run), 2 on bad input."""
    out, err = out or sys.stdout, err or sys.stderr
    unknown = sorted(set(parts) - set(PARTS))
    if unknown:
        print(f"clausewise bench: no part {', '.join(unknown)}; there are {', '.join(PARTS)}", file=err)
        return 2
    status = 0
    with tempfile.TemporaryDirectory(prefix="clausewise-bench-") as folder:
        bench = _Bench(corpus, encoder, out, notices, Path(folder), _machine(encoder))
        encoder.encode(["warm"])
        for part in parts or PARTS:
            try:
                getattr(bench, part)()
            except ClausewiseError as error:
                print(f"clausewise bench: {part}: {error}", file=err)
                status = 1
        if json_file is not None:
            try:
                write_file(json_file, json.dumps(bench.figures, indent=1, ensure_ascii=False) + "\n")
            except ClausewiseError as error:
                print(f"clausewise bench: {error}", file=err)
                return 2
    return status


def _machine(encoder: Encoder) -> dict[str, Any]:
    return {
        "encoder": encoder.id,
        "python": platform.python_version(),
        "machine": platform.machine(),
        "cpus": os.cpu_count(),
        "notices_seed": SEED,
    }


def _cases() -> tuple[Case, ...]:
    """The cases that come with the product."""
    return load_cases(default_paths())


def _of(part: str, results: Sequence[Result]) -> Iterator[Result]:
    return (result for result in results if result.case.part == part)


def _seconds(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def _at(share: float, times: Sequence[float]) -> float:
    """A quantile in milliseconds."""
    return round(sorted(times)[min(len(times) - 1, int(share * len(times)))] * 1000, 1)


def _told(share: Share) -> str:
    return "none" if share.value is None else f"{share.right}/{share.n} = {share.value:.1%}"


def _plain(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)
