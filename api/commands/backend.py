"""Where a command gets its answers: the running service on the same data folder, or the folder itself.

Two processes on one embedded vector store give silently incomplete answers, so while a service runs, the
other commands ask it over HTTP.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from functools import partial
from typing import Any, Protocol

import httpx

from api.schemas import AnswerOut, AskIn, DocumentOut, FactOut
from ingest.errors import ClausewiseError, InputError, NotReadyError
from ingest.library import Library
from ingest.settings import Settings, load_settings


class Backend(Protocol):
    """What `ask`, `chat`, `documents` and `facts` need; all raise ClausewiseError."""

    def ask(self, question: AskIn) -> AnswerOut: ...

    def documents(self) -> list[DocumentOut]: ...

    def facts(self, filters: Mapping[str, str]) -> list[FactOut]: ...

    def close(self) -> None: ...
