"""Answer one question, with the clause it rests on."""

from __future__ import annotations

import argparse
import json

from api.commands.backend import connect, question_of
from api.commands.show import show_answer


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("question", help="the question, in quotes")
    parser.add_argument("--json", action="store_true", help="print the whole reply as JSON")
    parser.add_argument("--document", action="append", metavar="ID", help="search in this document only (repeatable)")
    parser.add_argument("--as-at", metavar="DATE", help="only documents issued by this day (YYYY-MM-DD)")


def run(args: argparse.Namespace) -> int:
    question = question_of(args.question, documents=args.document, as_at=args.as_at)
    with connect(args) as backend:
        reply = backend.ask(question)
    if args.json:
        print(json.dumps(reply.model_dump(mode="json"), ensure_ascii=False, indent=2))
    else:
        print(show_answer(reply))
    return 0
