"""The README tells the truth about settings, make targets, commands and files."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.manifest import ManifestEntry
from ingest.settings import describe_settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")

NONE = {"", "None", "()"}

pytestmark = pytest.mark.house


def test_the_configuration_table_is_that_of_the_code() -> None:
    rows = ["| setting | default | meaning |", "|---|---|---|"]
    for name, default, meaning in describe_settings():
        rows.append(f"| `{name}` | {f'`{default}`' if default not in NONE else ''} | {meaning} |")
    table = "\n".join(rows)
    found = re.search(r"<!-- settings.*?-->\n(.*?)\n?<!-- /settings -->", README, re.DOTALL)
    assert found is not None
    assert found[1] == table, f"put this between the two comments in README.md:\n{table}"


def test_every_make_target_named_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"make ([a-z]+)\b", README)) - {"for"}
    assert {"run", "test", "eval", "bench", "wheelhouse", "lock", "clean", "help"} <= named
    for target in named:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_every_command_named_exists() -> None:
    named = set(re.findall(r"clausewise (ingest|ask|chat|serve|documents|facts|eval|bench|[a-z]+)\b", README))
    clausewise = Path(sys.executable).with_name("clausewise")
    done = subprocess.run([clausewise, "--help"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    commands = set(re.findall(r"^    ([a-z]+)\b", done.stdout, re.MULTILINE))
    assert {"ingest", "ask", "chat", "serve", "documents", "facts", "eval", "bench"} <= commands
    assert named <= commands


def test_every_linked_file_exists() -> None:
    for target in re.findall(r"\]\(([^)]+)\)", README):
        if not target.startswith("http"):
            assert (ROOT / target).is_file(), target


def test_every_manifest_key_is_told() -> None:
    for key in ManifestEntry.model_fields:
        assert f"`{key}`" in README, key
