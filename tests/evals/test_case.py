"""Cases from YAML: read as written, and refused with the file, line, case and field."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from evals.case import CaseError, default_paths, load_cases
from ingest.errors import InputError


def write(folder: Path, text: str, name: str = "some.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


GOOD = """
- id: one
  question: when must it act?
  part: tuning
  tags: [deadline]
  as_at: 2020-01-01
  after: ["who is the adviser?"]
  expect: {type: month, value: 2022-05}
  citations:
    - {document: a-notice, clause: 11}
    - {document: a-notice, clause: [5(b), 5]}
    - {document: a-notice, quote: some words}
  also: [{document: other}]
- id: two
  question: hello
  part: reserved
  status: [declined, not_found]
"""


def test_scalars_stay_as_written(tmp_path: Path) -> None:
    one, two = load_cases([write(tmp_path, GOOD)])
    assert one.expect is not None
    assert one.expect.model_dump() == {"type": "month", "value": ("2022-05",)}
    assert [c.clause for c in one.citations] == [("11",), ("5(b)", "5"), ()]
    assert one.as_at == date(2020, 1, 1)
    assert one.after == ("who is the adviser?",)
    assert one.answerable
    assert not two.answerable
    assert two.status == ("declined", "not_found")
    assert one.suite == "seeds"


def test_a_file_may_name_its_suite_and_corpus(tmp_path: Path) -> None:
    text = "suite: other\ncorpus: [x]\ncases:\n" + "\n".join("  " + line for line in GOOD.strip().splitlines())
    cases = load_cases([write(tmp_path, text)])
    assert {(c.suite, c.corpus) for c in cases} == {("other", ("x",))}


def test_a_folder_stands_for_its_files(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "b.yaml")
    write(tmp_path, GOOD.replace("one", "three").replace("two", "four"), "a.yaml")
    assert [c.id for c in load_cases([tmp_path])] == ["three", "four", "one", "two"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("part: tuning", "part: training"), ":4: case one: part: "),
        (("  tags:", "  tag:"), "case one: tag: unknown key"),
        (("value: 2022-05", "value: soon"), "'soon' cannot be read as a month"),
        (("type: month", "type: moment"), "moment"),
        (("value: 2022-05", "value: 2022-05, unit: days"), ":8: case one: expect.unit: unknown key"),
        (("clause: 11", "claus: 11"), ":10: case one: citations.0"),
        (("document: a-notice, clause: 11", "document: a-notice"), "needs `clause` or `quote`"),
        (("id: two", "id: one"), "'one' is used twice"),
        (("  question: hello\n", ""), "case two: question: Field required"),
        (("status: [declined, not_found]", "status: answered"), "needs `expect` or `citations`"),
        (("status: [declined, not_found]", "status: [answered, not_found]"), "not both"),
        (("as_at: 2020-01-01", "as_at: 2020-13-01"), "case one: as_at"),
        (("- id: one", "- id: [one"), "not YAML"),
    ],
)
def test_bad_cases_are_refused_by_name(tmp_path: Path, change: tuple[str, str], told: str) -> None:
    assert change[0] in GOOD
    path = write(tmp_path, GOOD.replace(*change))
    with pytest.raises(CaseError) as refused:
        load_cases([path])
    assert str(path) in str(refused.value)
    assert told in str(refused.value)
    assert "\n" not in str(refused.value)


def test_the_same_id_in_two_files_is_refused(tmp_path: Path) -> None:
    paths = [write(tmp_path, GOOD, "a.yaml"), write(tmp_path, GOOD, "b.yaml")]
    with pytest.raises(CaseError, match=r"first in .*a\.yaml"):
        load_cases(paths)


@pytest.mark.parametrize("text", ["", "[]", "cases: []"])
def test_no_case_at_all_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(CaseError, match="no case"):
        load_cases([write(tmp_path, text)])


@pytest.mark.parametrize("text", ["just words", "cases: 3", "- just\n- words", "other: 1"])
def test_what_is_no_list_of_cases_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match=r"some\.yaml"):
        load_cases([write(tmp_path, text)])


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r"absent\.yaml: cannot read"):
        load_cases([tmp_path / "absent.yaml"])


def test_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_bytes(b"\xff\xfe- id: \xff")
    with pytest.raises(CaseError, match=r"bad\.yaml"):
        load_cases([path])


def test_the_cases_of_the_product_load() -> None:
    paths = default_paths()
    assert paths, "evals/cases holds no case file"
    cases = load_cases(paths)
    assert len({c.id for c in cases}) == len(cases)
    assert {c.part for c in cases} == {"tuning", "reserved"}
