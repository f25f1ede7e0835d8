"""The whole way of an evaluation with an invented product: figures, exit status, files, errors."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from evals import run
from evals.askers import Target
from evals.case import Case, load_cases
from evals.gate import load_gate, shortfalls
from evals.metrics import Share, by_tag, measure, risk_coverage
from evals.reply import Cited, ClauseSpan, Reply, Source
from evals.run import evaluate, run_cases
from ingest.errors import InputError
from retrieval.answer import Ask

TEXT = "1. The plan is due by the end of May 2022."


class Sources:
    def get(self, document_id: str, /) -> Source | None:
        return Source("d", TEXT, {"1": ClauseSpan("1", 0, len(TEXT))}) if document_id == "d" else None

    def ids(self) -> frozenset[str]:
        return frozenset({"d"})


def ask(question: Ask) -> Reply:
    """Knows the deadline, refuses what it does not know, breaks when told to."""
    if "break" in question.question:
        raise RuntimeError("the wires are down")
    if "when" in question.question or question.conversation_id == "about the deadline":
        cited = Cited("d", "1", TEXT, 0, len(TEXT))
        return Reply("answered", "By the end of May 2022. [1]", "end of May 2022", (cited,), confidence=0.9)
    if "wrong" in question.question:
        return Reply("answered", "In June. [1]", None, (Cited("d", "1", TEXT, 0, len(TEXT)),), confidence=0.4)
    return Reply("not_found", "Not there.", confidence=0.1, conversation_id="about the deadline")


CITED = [{"document": "d", "clause": "1"}]
DEADLINE = {"type": "month", "value": "2022-05"}


def case(name: str, question: str, part: str = "tuning", **more: Any) -> Case:
    return Case.model_validate({"id": name, "question": question, "part": part, **more})


def answerable(name: str, question: str, **more: Any) -> Case:
    return case(name, question, **{"expect": DEADLINE, "citations": CITED, **more})


CASES = (
    answerable("right", "when is the plan due?", tags=["deadline"]),
    answerable("wrong", "wrong please", tags=["deadline"]),
    answerable("refused", "what else?", tags=["other"]),
    answerable("follow-up", "and the date?", after=["what else?"]),
    answerable("broken", "break"),
    case("absent", "who is Bob?", status="not_found"),
    case("overanswered", "when is the party?", part="reserved", status="not_found"),
)


@contextlib.contextmanager
def target(*_: object) -> Iterator[Target]:
    yield Target(ask, Sources(), {"encoder": "none"})


def test_results_keep_the_order_and_an_error_is_no_zero() -> None:
    results = run_cases(CASES, ask, Sources())
    assert [r.case.id for r in results] == [c.id for c in CASES]
    assert [r.case.id for r in results if r.right] == ["right", "follow-up", "absent"]
    broken = results[4]
    assert broken.error is not None
    assert broken.error.startswith("RuntimeError: the wires are down (test_run.py:")
    assert broken.reply is None
    metrics = measure(r for r in results if r.case.part == "tuning")
    assert (metrics.cases, metrics.errors) == (6, 1)
    assert metrics.accuracy == Share(3, 5)
    assert metrics.answers_right == Share(2, 4)
    assert metrics.wrong_refusals == Share(1, 4)
    assert metrics.right_refusals == Share(1, 1)
    assert metrics.citation_recall == Share(3, 4)
    assert metrics.citation_precision == Share(3, 3)
    assert metrics.exact_quotes == Share(3, 3)
    assert by_tag(results) == {"other": Share(0, 1), "deadline": Share(1, 2)}


def test_every_failure_says_why() -> None:
    why = {r.case.id: r.why for r in run_cases(CASES, ask, Sources())}
    assert why["right"] == ()
    assert why["wrong"] == ("answer has nothing of that type, expected 2022-05",)
    assert why["refused"] == ("status not_found, expected answered",)
    assert why["broken"][0].startswith("error: RuntimeError: the wires are down")


def test_a_case_about_a_document_that_is_not_indexed_is_an_error() -> None:
    (result,) = run_cases([answerable("x", "when?", citations=[{"document": "gone", "clause": "1"}])], ask, Sources())
    assert result.error is not None
    assert "gone is not in the index" in result.error


def test_the_interval_is_wilsons() -> None:
    low, high = Share(45, 50).interval or (0.0, 0.0)
    assert (round(low, 4), round(high, 4)) == (0.7864, 0.9565)
    assert Share(0, 0).interval is None
    assert Share(0, 0).value is None


def test_risk_falls_with_confidence() -> None:
    points = risk_coverage(run_cases(CASES, ask, Sources()))
    assert [(p.threshold, round(p.coverage, 3), round(p.risk, 3)) for p in points] == [
        (0.9, 0.5, 0.333),
        (0.4, 0.667, 0.5),
    ]


def test_cases_of_another_corpus_are_skipped_and_counted() -> None:
    with target() as here:
        other = case("elsewhere", "q", status="not_found", corpus=["ghost"])
        done = evaluate([*CASES, other], here)
        assert done.skipped == (other,)
        assert len(done.results) == len(CASES)
        with pytest.raises(InputError, match="ghost"):
            evaluate([other], here)


def test_a_suite_of_which_no_document_is_there_is_skipped() -> None:
    cited = [{"document": "ghost", "clause": "1"}]
    strangers = (
        answerable("stranger", "when?", citations=cited, suite="strange"),
        case("strange", "q", status="not_found", suite="strange"),
    )
    with target() as here:
        assert evaluate([*CASES, *strangers], here).skipped == strangers


def gate_file(folder: Path, text: str) -> Path:
    path = folder / "gate.toml"
    path.write_text(text, encoding="utf-8")
    return path


def case_file(folder: Path, *names: str) -> Path:
    path = folder / "cases.yaml"
    chosen = [c.model_dump(mode="json", exclude_defaults=True) for c in CASES if c.id in names]
    path.write_text(json.dumps(chosen), encoding="utf-8")
    assert len(load_cases([path])) == len(names)
    return path


@pytest.mark.parametrize(
    ("names", "limit", "status"),
    [
        (("right", "absent"), 'accuracy = 1.0', 0),
        (("right", "wrong"), 'accuracy = 0.5', 0),
        (("right", "wrong"), 'accuracy = 0.6', 1),
        (("right", "refused"), 'wrong_refusals = 0.4', 1),
        (("right", "broken"), "", 1),
    ],
)  # fmt: skip
def test_exit_status_follows_the_gate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: tuple[str, ...], limit: str, status: int
) -> None:
    monkeypatch.setattr(run, "over_http", target)
    out, err = io.StringIO(), io.StringIO()
    got = run.main(
        [case_file(tmp_path, *names)],
        corpus=tmp_path,
        url="http://somewhere",
        gate=gate_file(tmp_path, f"[seeds.tuning]\n{limit}\n"),
        out=out,
        err=err,
    )
    assert got == status, out.getvalue()
    assert err.getvalue() == ""
    assert ("the gate is passed" in out.getvalue()) is (status == 0)


def test_files_hold_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "over_http", target)
    out = io.StringIO()
    run.main(
        [case_file(tmp_path, *(c.id for c in CASES))],
        corpus=tmp_path,
        url="http://somewhere",
        json_file=tmp_path / "deep" / "results.json",
        junit_file=tmp_path / "results.xml",
        failures=True,
        settings={"threads": 1},
        out=out,
    )
    told = json.loads((tmp_path / "deep" / "results.json").read_text(encoding="utf-8"))
    assert [r["case"]["id"] for r in told["results"]] == [c.id for c in CASES]
    assert told["results"][0]["reply"]["value"] == "end of May 2022"
    assert told["about"]["settings"] == {"threads": 1}
    assert told["about"]["encoder"] == "none"
    assert not told["passed"]
    suites = ET.parse(tmp_path / "results.xml").getroot()
    assert [(s.get("name"), s.get("tests"), s.get("failures"), s.get("errors")) for s in suites] == [
        ("seeds.tuning", "6", "2", "1"),
        ("seeds.reserved", "1", "1", "0"),
    ]
    text = out.getvalue()
    assert "✗ wrong" in text
    assert "✗ right" not in text
    assert "status not_found, expected answered" in text
    assert "4 of 7 cases failed" in text
    assert "! 1 cases ended in the error: RuntimeError: the wires are down" in text


@pytest.mark.parametrize("wrong", ["cases", "gate", "json", "tag"])
def test_bad_input_is_one_line_and_status_2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.setattr(run, "over_http", target)
    out, err = io.StringIO(), io.StringIO()
    got = run.main(
        [tmp_path / "none.yaml" if wrong == "cases" else case_file(tmp_path, "right")],
        corpus=tmp_path,
        url="http://somewhere",
        gate=gate_file(tmp_path, "[seeds.tuning]\nacuracy = 1\n" if wrong == "gate" else ""),
        json_file=tmp_path if wrong == "json" else None,
        tags=["nothing"] if wrong == "tag" else [],
        out=out,
        err=err,
    )
    assert got == 2
    assert out.getvalue() == ""
    assert err.getvalue().startswith("clausewise eval: ")
    assert err.getvalue().count("\n") == 1


def test_a_service_that_is_not_there_is_bad_input(tmp_path: Path) -> None:
    err = io.StringIO()
    got = run.main([case_file(tmp_path, "right")], corpus=tmp_path, url="http://127.0.0.1:9", err=err)
    assert got == 2
    assert "clausewise serve" in err.getvalue()


@pytest.mark.parametrize(
    "text",
    ["[seeds]\naccuracy = 1", "[seeds.training]\naccuracy = 1", "[seeds.tuning]\naccuracy = 95", "not toml"],
)
def test_a_wrong_gate_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match=r"gate\.toml"):
        load_gate(gate_file(tmp_path, text))


def test_an_error_never_passes_the_gate() -> None:
    metrics = measure(run_cases([CASES[4]], ask, Sources()))
    assert shortfalls({}, "seeds", "tuning", metrics) == ("seeds tuning: 1 of 1 cases ended in an error",)
