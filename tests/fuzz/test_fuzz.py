"""What fuzzing found stays mended, and a short run of it with fixed numbers finds nothing."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from tests.fuzz.check import examine, no_tesseract_needed
from tests.fuzz.mutate import mutated
from tests.fuzz.seeds import GROUPS, seeds

FOUND = sorted((Path(__file__).parent / "found").glob("*.bin"))
INPUTS = 60
READ = {"pdf": "pdf", "docx": "docx", "html": "html", "eml": "e-mail", "msg": "e-mail", "text": "text", "image": "scan"}


@pytest.fixture(autouse=True)
def _undisturbed() -> None:
    warnings.simplefilter("ignore")  # Pillow tells of damage


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.stem)
def test_what_was_found_stays_mended(path: Path) -> None:
    with no_tesseract_needed():
        examine(path.read_bytes())


@pytest.mark.parametrize("group", GROUPS)
def test_files_damaged_by_chance_are_read_or_refused(group: str) -> None:
    files = seeds(group)
    with no_tesseract_needed():
        assert READ[group] in {examine(file) for file in files}
        taken = {examine(mutated(files, number)) for number in range(INPUTS)}
    assert len(taken) > 1  # some of them are still read


def test_damage_is_the_same_for_the_same_number() -> None:
    for group in GROUPS:
        assert mutated(seeds(group), 7) == mutated(seeds(group), 7)
