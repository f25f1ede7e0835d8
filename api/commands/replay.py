"""Ask a question of the audit again, and say whether the answer is the same; exit status 1 when it is not."""

from __future__ import annotations

import argparse
from datetime import datetime

from api.commands.backend import client_of, request
from api.commands.opening import answerer, audit_of, open_library, settings_of
from api.commands.show import show_answer
from api.problems import Problem
from api.replaying import replay
from api.schemas import ReplayOut
from api.service import Service
from ingest.errors import InputError
from ingest.lock import find_service
from ingest.settings import Settings

SAME, OTHER = 0, 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("answer_id", help="id of the answer")


def run(args: argparse.Namespace) -> int:
    found = _replayed(settings_of(args), args.answer_id)
    at = f"{datetime.fromisoformat(found.at):%d %B %Y at %H:%M} UTC"
    if found.same:
        print(f"The same answer as on {at}:\n\n{show_answer(found.now)}")
        return SAME
    print(f"Another answer than on {at}:")
    for line in (*found.changes, *found.causes):
        print(f"- {line}")
    print(f"\nThen:\n{show_answer(found.then)}\n\nNow:\n{show_answer(found.now)}")
    return OTHER


def _replayed(settings: Settings, answer_id: str) -> ReplayOut:
    """By the service that has the data folder, else in this process."""
    running = find_service(settings.data)
    if running is not None:
        with client_of(settings, running.url) as client:
            body = request(client, "POST", "/api/replay", json={"answer_id": answer_id})
            return ReplayOut.model_validate_json(body)
    with open_library(settings) as library:
        library.ready()
        try:
            return replay(Service(library, answerer(), audit_of(settings)), answer_id)
        except Problem as problem:
            raise InputError(problem.detail) from problem
