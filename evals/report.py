"""Results told: to a reader (text), to programs (JSON, everything) and to CI (JUnit)."""

from __future__ import annotations

import json
import platform
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO
from xml.etree import ElementTree as ET  # written, never read

from evals import gate as gates
from evals.case import Case
from evals.metrics import Metrics, Result, Share, by_tag, measure, risk_coverage
from ingest.errors import InputError

if TYPE_CHECKING:
    from evals.run import Run

_FIGURES = (
    ("accuracy", "right (status, content and clause)"),
    ("answers_right", "answerable: right"),
    ("wrong_refusals", "answerable: wrongly refused"),
    ("right_refusals", "must refuse: rightly refused"),
    ("wrong_document", "answered from a wrong document"),
    ("citation_precision", "citation precision"),
    ("citation_recall", "citation recall"),
    ("exact_quotes", "quotations exact"),
)


def groups(run: Run) -> Iterator[tuple[str, str, tuple[Result, ...]]]:
    """The results by suite and part, tuning before reserved."""
    suites = sorted({r.case.suite for r in run.results})
    for suite in suites:
        for part in ("tuning", "reserved"):
            chosen = tuple(r for r in run.results if r.case.suite == suite and r.case.part == part)
            if chosen:
                yield suite, part, chosen


def shortfalls(run: Run, limits: gates.Gate) -> tuple[str, ...]:
    """Everything that keeps the run from passing the gate."""
    return tuple(
        line for suite, part, results in groups(run) for line in gates.shortfalls(limits, suite, part, measure(results))
    )


def as_text(run: Run, short: tuple[str, ...], *, failures: bool = False) -> str:
    lines: list[str] = []
    if failures:
        failed = [r for r in run.results if not r.right]
        for result in failed:
            if result.error is None:
                lines += [*_failure(result), ""]
        lines += _broken(failed)
        lines += [f"{len(failed)} of {len(run.results)} cases failed", ""]
    for suite, part, results in groups(run):
        metrics = measure(results)
        lines.append(f"{suite}, {part}: {metrics.cases} cases" + _errors(metrics))
        lines += [_figure(told, getattr(metrics, name)) for name, told in _FIGURES]
        weak = [f"{tag} {share.right}/{share.n}" for tag, share in by_tag(results).items() if share.right < share.n]
        if weak:
            told = "weakest tags: " + ", ".join(weak[:12])
            lines += textwrap.wrap(told, 110, initial_indent="  ", subsequent_indent="    ")
        lines += _curve(results)
        lines.append("")
    if run.skipped:
        wanted = sorted({case.suite for case in run.skipped})
        lines += [f"{len(run.skipped)} cases skipped, their documents are not in the index ({', '.join(wanted)})", ""]
    lines += [f"below the gate: {line}" for line in short] or ["the gate is passed"]
    return "\n".join(lines)


def _broken(failed: Sequence[Result]) -> list[str]:
    """Errors, each told once with the cases that met it."""
    met: dict[str, list[Result]] = {}
    for result in failed:
        if result.error is not None:
            met.setdefault(result.error, []).append(result)
    lines: list[str] = []
    for error, results in met.items():
        lines += [f"! {len(results)} cases ended in the error: {error}"]
        lines += [f"  {r.case.id}: {r.case.question}" for r in results[:3]] + ["  …"] * (len(results) > 3) + [""]
    return lines


def _curve(results: Sequence[Result]) -> list[str]:
    """Risk at some coverages, when the replies tell their confidence: what a higher threshold would buy."""
    points = risk_coverage(results)
    if not points:
        return []
    wanted = [share for share in (0.25, 0.5, 0.75) if share < points[-1].coverage] + [points[-1].coverage]
    chosen = dict.fromkeys(min(points, key=lambda point: abs(point.coverage - share)) for share in wanted)
    told = [f"{p.risk:.1%} of the {p.coverage:.0%} at {p.threshold:.2f} or above" for p in chosen]
    return textwrap.wrap(f"  wrong by confidence: {', '.join(told)}", 110, subsequent_indent="    ")


def _errors(metrics: Metrics) -> str:
    return f", {metrics.errors} ended in an ERROR and are in no figure" if metrics.errors else ""


def _figure(told: str, share: Share) -> str:
    if share.value is None or share.interval is None:
        return f"  {told:<36} {'none':>9}"
    low, high = share.interval
    return f"  {told:<36} {share.right:>4}/{share.n:<4} {share.value:6.1%}  [{low:.1%}, {high:.1%}]"


def _failure(result: Result) -> list[str]:
    case, reply = result.case, result.reply
    lines = [f"✗ {case.id}  ({case.suite} {case.part}; {', '.join(case.tags) or 'no tags'})"]
    lines += [f"  after {question}" for question in case.after]
    limits = [f"as at {case.as_at}"] if case.as_at else []
    limits += [f"in {', '.join(case.documents)}"] if case.documents else []
    lines.append(f"  asked {case.question}" + (f"  [{'; '.join(limits)}]" if limits else ""))
    lines.append(f"  want  {_wanted(case)}")
    if reply is not None:
        sure = "" if reply.confidence is None else f" ({reply.confidence:.2f})"
        value = "" if reply.value is None else f"  value={reply.value!r}"
        lines.append(f"  got   {reply.status}{sure}: {_short(reply.text, 300)}{value}")
        if reply.citations:
            lines.append("  cites " + "; ".join(f"{c.document} {c.clause}" for c in reply.citations[:6]))
        if reply.because:
            lines.append("  how   " + _short(" | ".join(reply.because), 300))
    return lines + [f"  why   {why}" for why in result.why]


def _wanted(case: Case) -> str:
    bits = [] if case.answerable else [" or ".join(case.status)]
    if case.expect is not None:
        content = case.expect.model_dump()
        kind = content.pop("type")
        said = [v for key in ("value", "contains", "items") if (v := content.get(key))]
        shown = said[0] if said else ""
        bits.append(f"{kind} {shown if isinstance(shown, str) else ' + '.join(_short(s, 60) for s in shown)}")
    bits += [f"{c.document} {' or '.join(c.clause) if c.clause else '“' + str(c.quote) + '”'}" for c in case.citations]
    return "; ".join(bits)


def _short(text: str, length: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1] + "…"


def as_json(run: Run, short: tuple[str, ...]) -> str:
    """Everything: the configuration, every reply as it came, every score, the figures and the curve."""
    body = {
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "about": run.about,
        "passed": not short,
        "below_the_gate": list(short),
        "skipped": [case.id for case in run.skipped],
        "groups": [
            {
                "suite": suite,
                "part": part,
                "metrics": metrics_as_dict(measure(results)),
                "tags": {tag: _share(share) for tag, share in by_tag(results).items()},
                "risk_coverage": [asdict(point) for point in risk_coverage(results)],
            }
            for suite, part, results in groups(run)
        ],
        "results": [_result(result) for result in run.results],
    }
    return json.dumps(body, ensure_ascii=False, indent=1, default=str) + "\n"


def metrics_as_dict(metrics: Metrics) -> dict[str, Any]:
    shares = {name: _share(getattr(metrics, name)) for name, _ in _FIGURES}
    return {"cases": metrics.cases, "errors": metrics.errors, **shares}


def _share(share: Share) -> dict[str, Any]:
    return {"right": share.right, "n": share.n, "value": share.value, "wilson_95": share.interval}


def _result(result: Result) -> dict[str, Any]:
    return {
        "case": result.case.model_dump(mode="json", exclude_defaults=True),
        "right": result.right,
        "why": list(result.why),
        "error": result.error,
        "seconds": round(result.seconds, 4),
        "reply": None if result.reply is None else asdict(result.reply),
    }


def as_junit(run: Run) -> str:
    """JUnit XML: one test suite a suite and part, a wrong reply a failure, an error an error."""
    root = ET.Element("testsuites", name="clausewise eval")
    for suite, part, results in groups(run):
        node = ET.SubElement(
            root,
            "testsuite",
            name=f"{suite}.{part}",
            tests=str(len(results)),
            failures=str(sum(not r.right and r.error is None for r in results)),
            errors=str(sum(r.error is not None for r in results)),
            time=f"{sum(r.seconds for r in results):.3f}",
        )
        for result in results:
            one = ET.SubElement(
                node,
                "testcase",
                classname=f"{suite}.{part}",
                name=result.case.id,
                time=f"{result.seconds:.3f}",
            )
            if result.error is not None:
                ET.SubElement(one, "error", message=_xml(result.error))
            elif not result.right:
                problem = ET.SubElement(one, "failure", message=_xml("; ".join(result.why)))
                problem.text = _xml("\n".join(_failure(result)))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _xml(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(c if c in "\n\t" or c.isprintable() else "�" for c in text)


def write_file(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path}: cannot write the results ({error.strerror})") from error


def progress(stream: TextIO) -> Callable[[int, int], None] | None:
    """A counter on a terminal; nothing elsewhere."""
    if not stream.isatty():
        return None

    def show(done: int, total: int) -> None:
        stream.write(f"\r{done}/{total}" + ("\r\033[K" if done == total else ""))
        stream.flush()

    return show
