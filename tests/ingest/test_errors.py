from __future__ import annotations

import inspect

import pytest

from ingest import errors
from ingest.errors import ClausewiseError, DuplicateIdError, ManifestError, ReadError, SettingsError, printable

ALL = [
    value
    for value in vars(errors).values()
    if inspect.isclass(value) and issubclass(value, Exception) and value.__module__ == errors.__name__
]


@pytest.mark.parametrize("error", ALL)
def test_every_error_is_in_the_tree_and_in_its_drawing(error: type[Exception]) -> None:
    assert issubclass(error, ClausewiseError)
    assert error.__name__ in (errors.__doc__ or "")


def test_messages_name_the_place() -> None:
    assert str(ReadError("a.txt", "it is empty")) == "a.txt: it is empty"
    assert "a.txt and A.md" in str(DuplicateIdError("a", ["a.txt", "A.md"]))
    assert str(ManifestError("m.toml", "line 3", "no")) == "m.toml: line 3: no"
    assert str(SettingsError("--port", "too large")) == "--port: too large"


@pytest.mark.parametrize(
    ("name", "shown"),
    [("a\nb.txt", r"a\nb.txt"), ("a\x1b[31m", r"a\x1b[31m"), ("caf\udce9.txt", r"caf\udce9.txt"), ("é b", "é b")],
)
def test_a_name_cannot_write_on_the_terminal(name: str, shown: str) -> None:
    assert printable(name) == shown
    printable(name).encode("utf-8")
