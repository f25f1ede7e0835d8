"""The renamed copy: nothing of the original names and dates is left, and all else is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evals.case import Case, default_paths, load_cases
from evals.dates import find_dates
from evals.originals import Names
from evals.renaming import renamed_corpus, renaming_for
from evals.values import name_words
from ingest.errors import InputError

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
NAMES = Names.load(ROOT / "evals" / "renaming.toml")
CASES = tuple(case for case in load_cases(default_paths()) if case.suite == "seeds")


@pytest.fixture(scope="module", params=[1, 2])
def copy(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[Case, ...]]:
    out = tmp_path_factory.mktemp("renamed") / "corpus"
    return out, renamed_corpus(CORPUS, out, CASES, NAMES, request.param)


def original_words() -> set[str]:
    """Every distinctive word of an original name."""
    names = (*NAMES.places, *NAMES.people, *NAMES.streets, *NAMES.roads, *NAMES.buildings)
    kinds = {"street", "square", "place", "building", "house", "west", "and", "st"}
    return {word for name in names for word in name_words(name)} - kinds - NAMES.ordinary


def words(text: str) -> set[str]:
    return {word.removesuffix("s") for word in re.findall(r"\w+", re.sub(r"['’]", "", text.casefold()))}


def test_no_original_name_survives(copy: tuple[Path, tuple[Case, ...]]) -> None:
    out, cases = copy
    originals = {word.removesuffix("s") for word in original_words()}
    assert {"sefton", "helen", "goggin", "obrien"} <= originals
    for path in out.iterdir():
        assert not originals & words(path.name)
        assert not originals & words(path.read_text(encoding="utf-8")), path.name
    for case in cases:
        told = case.model_dump_json(exclude={"id", "tags", "note"})
        assert not originals & words(told), told
    for name in ("Trisha Long", "Nova Charlton"):
        assert not any(name in path.read_text(encoding="utf-8") for path in out.iterdir())


def test_every_date_moved_and_stayed_a_date(copy: tuple[Path, tuple[Case, ...]]) -> None:
    out, _ = copy
    renaming = renaming_for([], CASES[:0], NAMES, 1)
    for path in sorted(CORPUS.glob("*.txt")):
        before = find_dates(path.read_text(encoding="utf-8"))
        new = next(p for p in out.iterdir() if p.read_text(encoding="utf-8")[:40].split() and _same_shape(p, path))
        after = find_dates(new.read_text(encoding="utf-8"))
        assert [d.form for d in after] == [d.form for d in before]
        assert not any(a.same(b) for a, b in zip(after, before, strict=True))
    assert renaming.text("no name, no date") == "no name, no date"


def _same_shape(one: Path, other: Path) -> bool:
    """The copy of a file has its lines."""
    pair = [path.read_text(encoding="utf-8").splitlines() for path in (one, other)]
    return len(pair[0]) == len(pair[1]) and len(find_dates("\n".join(pair[0]))) == len(find_dates("\n".join(pair[1])))


def test_postcodes_and_acts(copy: tuple[Path, tuple[Case, ...]]) -> None:
    out, _ = copy
    whole = "\n".join(path.read_text(encoding="utf-8") for path in out.glob("*.txt"))
    for code in ("WA8 7QF", "PR8 1DA", "WA10 1HF", "WA10 1DY", "S1 2FJ"):
        assert code not in whole
    assert whole.count("Children Act 2004") == 3
    assert whole.count("Education Act 1996") == 3


def test_cases_are_about_the_copy(copy: tuple[Path, tuple[Case, ...]]) -> None:
    out, cases = copy
    stems = {path.stem for path in out.glob("*.txt")}
    assert len(stems) == 5
    assert {c.document for case in cases for c in case.citations} == stems
    assert [case.id for case in cases] == [case.id for case in CASES]
    assert [case.status for case in cases] == [case.status for case in CASES]
    changed = sum(new.question != old.question for new, old in zip(cases, CASES, strict=True))
    assert changed > len(CASES) / 2


def test_expected_words_stand_in_the_copy_as_they_stood_in_the_original(copy: tuple[Path, tuple[Case, ...]]) -> None:
    out, cases = copy
    texts = {path.stem: path.read_text(encoding="utf-8") for path in out.glob("*.txt")}
    originals = {path.stem: path.read_text(encoding="utf-8") for path in CORPUS.glob("*.txt")}
    checked = 0
    for new, old in zip(cases, CASES, strict=True):
        if old.expect is None or old.expect.type not in {"text", "list"} or not old.citations:
            continue
        field = "contains" if old.expect.type == "text" else "items"
        for ours, theirs in zip(getattr(new.expect, field), getattr(old.expect, field), strict=True):
            was = any(_in(theirs, originals[c.document]) for c in old.citations)
            now = any(_in(ours, texts[c.document]) for c in new.citations)
            assert now is was, (new.id, theirs, ours)
            checked += was
    assert checked > 100


def _in(needle: str, text: str) -> bool:
    return " ".join(needle.casefold().split()) in " ".join(text.casefold().split())


def test_the_same_seed_gives_the_same_copy(tmp_path: Path) -> None:
    for name in ("a", "b"):
        renamed_corpus(CORPUS, tmp_path / name, CASES, NAMES, 3)
    one, two = ({p.name: p.read_text(encoding="utf-8") for p in (tmp_path / name).iterdir()} for name in ("a", "b"))
    assert one == two


def test_possessives_case_and_apostrophes() -> None:
    names = Names(places=("St Helens", "Sefton"), people=("Sarah O'Brien",), ordinary=frozenset())
    renaming = renaming_for([], [], names, 5)
    new = renaming.mapping
    saint, plain, surname = new["St Helens"], new["Sefton"], new["O'Brien"]
    end = "'" if saint.endswith("s") else "'s"
    assert renaming.text("St Helens' plan") == f"{saint}{end} plan"
    assert renaming.text("SEFTON and seftons") == f"{plain.upper()} and {plain.lower()}s"
    assert (
        renaming.text("Prof O’Brien, obrien")
        == f"Prof {surname.replace(chr(39), '’')}, {surname.replace(chr(39), '').lower()}"
    )
    assert renaming.text("St\nHelens") == saint


def test_bad_folders_are_refused(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(b"%PDF")
    with pytest.raises(InputError, match=r"scan\.pdf"):
        renamed_corpus(tmp_path, tmp_path / "out", [], NAMES, 1)
    with pytest.raises(InputError, match="must be empty"):
        renamed_corpus(CORPUS, tmp_path, [], NAMES, 1)
    with pytest.raises(InputError, match=r"absent\.toml"):
        Names.load(tmp_path / "absent.toml")
