"""Who asks: an `Asker` for each request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends


@dataclass(frozen=True, slots=True)
class Asker:
    """`groups` limits what may be read (None: everything); `scopes` what may be done."""

    name: str
    groups: frozenset[str] | None = frozenset()
    scopes: frozenset[str] = frozenset({"ask"})


def _asker() -> Asker:
    return Asker("anonymous")


AskerOf = Annotated[Asker, Depends(_asker)]
