"""The rules of the house: style, types, the direction of imports, what is depended on and under which licence."""

from __future__ import annotations

import ast
import calendar
import importlib.metadata
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from english_words import get_english_words_set
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PACKAGES = ("ingest", "retrieval", "evals", "api")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LONGEST = 450  # lines of a source file; most stay well under 300

pytestmark = pytest.mark.house


def run(*command: str) -> None:
    """Run a tool of this environment in the repository; the end of its output is the failure's message."""
    program = Path(sys.executable).parent / command[0]
    done = subprocess.run([program, *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout[-8000:]}\n{done.stderr[-2000:]}"


def sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def locked(name: str) -> dict[str, str]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    pins = [line.split("==") for line in lines if line and not line.startswith(("#", "-r "))]
    return {canonicalize_name(package): version for package, version in pins}


def test_ruff_check() -> None:
    run("ruff", "check", ".")


def test_ruff_format() -> None:
    run("ruff", "format", "--check", ".")


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_mypy_strict() -> None:
    run("mypy")


def test_imports_run_one_way() -> None:
    run("lint-imports", "--no-cache")


def imported(path: Path) -> set[str]:
    """The top-level names that a file imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


def undeclared(paths: Iterator[Path], declared: set[str]) -> list[str]:
    providers = importlib.metadata.packages_distributions()
    own = {*sys.stdlib_module_names, *PACKAGES, "tests"}
    return [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in paths
        for name in sorted(imported(path) - own)
        if not declared & {canonicalize_name(provider) for provider in providers.get(name, [name])}
    ]


def declared(*groups: str) -> set[str]:
    lines = [*PROJECT["dependencies"], *(line for group in groups for line in PROJECT["optional-dependencies"][group])]
    return {canonicalize_name(Requirement(line).name) for line in lines}


def test_every_import_is_a_declared_dependency() -> None:
    assert undeclared(sources(*PACKAGES), declared()) == []
    assert undeclared(sources("tests"), declared(*PROJECT["optional-dependencies"])) == []


def test_the_lock_satisfies_what_is_declared() -> None:
    runtime = locked("requirements.lock")
    everything = runtime | locked("requirements-test.lock")
    assert runtime["torch"] == "2.13.0"
    for pins, lines in (
        (runtime, PROJECT["dependencies"]),
        (everything, PROJECT["optional-dependencies"]["test"]),
    ):
        for requirement in map(Requirement, lines):
            version = pins.get(canonicalize_name(requirement.name))
            assert version is not None, f"{requirement.name} is not locked: make lock"
            assert requirement.specifier.contains(version, prereleases=True), f"{requirement} is locked at {version}"


def test_the_lock_names_packages_and_versions_alone() -> None:
    for name in ("requirements.lock", "requirements-test.lock"):
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
            pin = re.fullmatch(r"#.*|-r requirements\.lock|[A-Za-z0-9._-]+==[A-Za-z0-9.]+(post\d+)?", line)
            assert pin, f"{name}: {line}"
            assert not line.startswith(("nvidia-", "triton=")), (
                "the lock is for any build of torch, the small one first"
            )


def test_no_locked_package_is_under_a_strong_copyleft() -> None:
    for name in locked("requirements.lock") | locked("requirements-test.lock"):
        metadata = importlib.metadata.metadata(name)
        stated = [*metadata.get_all("License-Expression", []), *metadata.get_all("Classifier", [])]
        strong = [text for text in stated if re.search(r"\bA?GPL|General Public License", text)]
        weak = [text for text in strong if re.search(r"\bLGPL|Lesser|\bOR\b", text)]
        assert strong == weak, f"{name}: {strong}"


NATIONAL = {"dfe", "gov", "ofsted", "cllr", "caselead"}  # bodies and abbreviations of the whole country's documents
CALENDAR = {name.casefold() for name in (*calendar.month_name, *calendar.day_name)}


def folded(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.casefold())


def test_code_knows_no_seed_document() -> None:
    """No name of a person, council or place of the seeds stands in the product, and no six words in a row."""
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "corpus").glob("*.txt")]
    assert texts
    words = [folded(text) for text in texts]
    runs = {tuple(text[at : at + 6]) for text in words for at in range(len(text) - 5)}

    english = {word for word in get_english_words_set(["web2", "gcide"], lower=False) if word.islower()}
    capital = {word.casefold() for text in texts for word in re.findall(r"\b[A-Z][A-Za-z]{2,}\b", text)}
    names = {word for word in capital if not {word, word.removesuffix("s")} & english} - NATIONAL - CALENDAR
    names -= {word for text in texts for word in re.findall(r"\b[a-z]+\b", text)}
    assert len(names) > 30

    found = []
    for folder in ("ingest", "retrieval"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix not in {".py", ".toml", ".json", ".yaml", ".txt", ".md"}:
                continue
            code = folded(path.read_text(encoding="utf-8"))
            here = path.relative_to(ROOT)
            found += [f"{here}: {word}" for word in sorted(names & set(code))]
            found += [
                f"{here}: {' '.join(run)}" for at in range(len(code) - 5) if (run := tuple(code[at : at + 6])) in runs
            ]
    assert not found, "\n".join(found)


def test_only_the_settings_read_the_environment() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in sources("ingest", "retrieval", "evals")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"environ(\.get\(|\[)|getenv\(", line) and path != ROOT / "ingest" / "settings.py"
    ]
    assert found == []


def test_files_are_small_and_explain_themselves() -> None:
    for path in sources(*PACKAGES):
        text = path.read_text(encoding="utf-8")
        assert text.count("\n") <= LONGEST, f"{path.relative_to(ROOT)} has {text.count(chr(10))} lines: split it"
        assert ast.get_docstring(ast.parse(text)), f"{path.relative_to(ROOT)} has no docstring"


def test_no_file_names_a_package_registry() -> None:
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if tracked.returncode:
        pytest.skip("not a git checkout")
    hosts = re.compile(
        r"(pypi|pythonhosted|npmjs|files\.python|deb\.debian)\.(org|com)|(^|\s)--(extra-)?index-url[ =]\S", re.MULTILINE
    )
    for name in filter(None, tracked.stdout.split("\0")):
        path = ROOT / name
        if path == Path(__file__) or not path.is_file():
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        assert not hosts.search(text), name
