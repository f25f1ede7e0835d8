"""Ask questions one after another; a follow-up may leave out what was said before.

Type a question and press Enter. An empty line does nothing; /new starts again; /quit or Ctrl-D ends.
"""

from __future__ import annotations

import argparse
import sys

from api.commands.backend import connect, question_of
from api.commands.show import show_answer
from ingest.errors import InputError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--document", action="append", metavar="ID", help="search in this document only (repeatable)")
    parser.add_argument("--as-at", metavar="DATE", help="only documents issued by this day (YYYY-MM-DD)")


def run(args: argparse.Namespace) -> int:
    talking = sys.stdin.isatty()
    if talking:
        print("Ask about the documents. /new starts again, /quit ends.\n")
    conversation: str | None = None
    with connect(args) as backend:
        while True:
            try:
                line = input("> " if talking else "").strip()
            except EOFError:
                break
            if line in {"/quit", "/exit"}:
                break
            if line == "/new":
                conversation = None
                print("A new conversation.\n")
                continue
            if not line:
                continue
            try:
                question = question_of(line, conversation_id=conversation, documents=args.document, as_at=args.as_at)
            except InputError as error:
                print(f"{error}\n", file=sys.stderr)
                continue
            reply = backend.ask(question)
            conversation = reply.conversation_id
            print(f"\n{show_answer(reply)}\n", flush=True)
    return 0
