"""Cases: what a question is expected to be answered with, read from YAML.

A file is a list of cases, or a mapping with `cases:` and, for all of them, `suite:` (the name under which
the gate and the report count them) and `corpus:` (the documents that must be in the index; without them
the cases are skipped, and counted as skipped).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from evals import values
from ingest.errors import InputError

Part = Literal["tuning", "reserved"]
StatusName = Literal["answered", "not_found", "declined"]
Text = Annotated[str, Field(min_length=1)]


class CaseError(InputError):
    """A case file cannot be read: the message names the file, the line, the case and the field."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _as_tuple(value: object) -> object:
    """One value or a list of them, as YAML allows either."""
    return tuple(value) if isinstance(value, list | tuple) else (value,)


OneOrMore = Annotated[tuple[Text, ...], Field(min_length=1)]


class ExpectedValue(_Strict):
    """A value; several mean that any of them is right."""

    type: Literal["date", "month", "number", "amount", "duration", "name"]
    value: OneOrMore

    _many = field_validator("value", mode="before")(_as_tuple)

    @model_validator(mode="after")
    def _readable(self) -> Self:
        readers = {
            "date": values.expected_date,
            "month": values.expected_date,
            "number": values.expected_number,
            "amount": values.expected_amount,
            "duration": values.expected_duration,
        }
        for value in self.value:
            if self.type in readers and readers[self.type](value) is None:
                raise ValueError(f"{value!r} cannot be read as a {self.type}")
        return self


class ExpectedText(_Strict):
    """Every string occurs in the answer; case, quotes' shape and white space aside."""

    type: Literal["text"]
    contains: OneOrMore

    _many = field_validator("contains", mode="before")(_as_tuple)


class ExpectedList(_Strict):
    """Every item occurs in the answer, in order when `ordered` (by default: when one document is cited)."""

    type: Literal["list"]
    items: OneOrMore
    ordered: bool | None = None


class ExpectedYesNo(_Strict):
    """The answer opens with Yes or No."""

    type: Literal["yes_no"]
    value: Literal["yes", "no"]

    @field_validator("value", mode="before")
    @classmethod
    def _words(cls, value: object) -> object:
        return {"true": "yes", "false": "no"}.get(str(value).casefold(), str(value).casefold())


Expect = Annotated[ExpectedValue | ExpectedText | ExpectedList | ExpectedYesNo, Field(discriminator="type")]


class ExpectedCitation(_Strict):
    """A document and one of its clauses (any of the labels), or words that the quotation must contain."""

    document: Text
    clause: tuple[Text, ...] = ()
    quote: str | None = None

    _many = field_validator("clause", mode="before")(_as_tuple)

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.clause and not self.quote:
            raise ValueError("a citation needs `clause` or `quote`")
        return self


class OtherCitation(_Strict):
    """A citation that is fine but not needed; without clause or quote, any of that document."""

    document: Text
    clause: tuple[Text, ...] = ()
    quote: str | None = None

    _many = field_validator("clause", mode="before")(_as_tuple)


class Case(_Strict):
    """One question with its expected answer.  `after` are the earlier questions of its conversation."""

    id: Text
    question: Text
    part: Part
    status: tuple[StatusName, ...] = ("answered",)
    after: tuple[Text, ...] = ()
    as_at: date | None = None
    documents: tuple[Text, ...] | None = None
    tags: tuple[Text, ...] = ()
    expect: Expect | None = None
    not_contains: tuple[Text, ...] = ()
    citations: tuple[ExpectedCitation, ...] = ()
    also: tuple[OtherCitation, ...] = ()
    suite: Text = "seeds"
    corpus: tuple[Text, ...] = ()
    note: str | None = None

    _many_after = field_validator("after", "not_contains", "status", mode="before")(_as_tuple)

    @property
    def answerable(self) -> bool:
        """True when the documents hold the answer; False when the reply must refuse."""
        return "answered" in self.status

    @model_validator(mode="after")
    def _judgeable(self) -> Self:
        if self.answerable and len(self.status) > 1:
            raise ValueError("status: a case is answered, or one or more refusals, not both")
        if self.answerable and self.expect is None and not self.citations:
            raise ValueError("an answered case needs `expect` or `citations`, else any reply would be right")
        if not self.answerable and self.citations:
            raise ValueError("a refusal has no `citations`")
        return self


class _CaseFile(_Strict):
    cases: tuple[dict[str, Any], ...]
    suite: Text = "seeds"
    corpus: tuple[Text, ...] = ()


class _Loader(yaml.SafeLoader):
    """YAML whose scalars stay as written (`12`, `yes`, `2022-05`), so that the models decide what they are."""


_Loader.yaml_implicit_resolvers = {
    key: [(tag, pattern) for tag, pattern in resolvers if tag == "tag:yaml.org,2002:null"]
    for key, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def default_paths() -> tuple[Path, ...]:
    """The case files that come with the product."""
    return tuple(sorted((Path(__file__).parent / "cases").glob("*.yaml")))


def load_cases(paths: Sequence[Path]) -> tuple[Case, ...]:
    """All cases of the files and folders named, in their order.

    Raises CaseError: no such file, not YAML, an unknown or wrong field, an id used twice, no case at all.
    """
    cases: list[Case] = []
    homes: dict[str, Path] = {}
    for path in _files(paths):
        for case in _load_file(path):
            if case.id in homes:
                raise CaseError(f"{path}: case id {case.id!r} is used twice (first in {homes[case.id]}); rename one")
            homes[case.id] = path
            cases.append(case)
    if not cases:
        raise CaseError("no case found; name a YAML file of cases, or a folder that holds some")
    return tuple(cases)


def _files(paths: Sequence[Path]) -> Iterable[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted([*path.glob("*.yaml"), *path.glob("*.yml")])
        else:
            yield path


def _load_file(path: Path) -> list[Case]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise CaseError(f"{path}: cannot read the cases ({reason})") from error
    try:
        loader = _Loader(text)
        try:
            root = loader.get_single_node()
            content = None if root is None else loader.construct_document(root)
        finally:
            loader.dispose()
    except (yaml.YAMLError, ValueError) as error:
        raise CaseError(f"{path}: not YAML: {' '.join(str(error).split())}") from error
    if root is None:
        return []
    return _build(path, root, content)


def _build(path: Path, root: yaml.Node, content: object) -> list[Case]:
    if isinstance(content, list):
        content, nodes = {"cases": content}, root
    else:
        nodes = _child(root, "cases") or root
    try:
        home = _CaseFile.model_validate(content)
    except ValidationError as error:
        raise CaseError(_told(_Place(path, root, None), error)) from error
    defaults: Mapping[str, Any] = {"suite": home.suite, "corpus": home.corpus}
    cases = []
    for number, raw in enumerate(home.cases):
        node = nodes.value[number] if isinstance(nodes, yaml.SequenceNode) else root
        try:
            cases.append(Case.model_validate({**defaults, **raw}))
        except ValidationError as error:
            raise CaseError(_told(_Place(path, node, str(raw.get("id", f"number {number + 1}"))), error)) from error
    return cases


@dataclass(frozen=True, slots=True)
class _Place:
    path: Path
    node: yaml.Node
    case: str | None


def _told(place: _Place, error: ValidationError) -> str:
    """The first problem of a case file in one line: file, line, case, field, what is wrong."""
    problem = error.errors(include_url=False, include_context=False)[0]
    where = [part for part in problem["loc"] if not (isinstance(part, str) and part in _TYPES)]
    node = place.node
    for part in where:
        node = _child(node, part) or node
    field = ".".join(str(part) for part in where)
    what = "unknown key; remove or correct it" if problem["type"] == "extra_forbidden" else problem["msg"]
    line = node.start_mark.line + 1
    return ": ".join(
        bit for bit in (f"{place.path}:{line}", f"case {place.case}" if place.case else "", field, what) if bit
    )


_TYPES = frozenset({"date", "month", "number", "amount", "duration", "name", "text", "list", "yes_no"})


def _child(node: yaml.Node, part: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == part:
                return value  # type: ignore[no-any-return]
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part]  # type: ignore[no-any-return]
    return None
