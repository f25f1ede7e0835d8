"""List the documents in the index."""

from __future__ import annotations

import argparse
import json

from api.commands.backend import connect
from api.commands.show import table


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace) -> int:
    with connect(args) as backend:
        documents = backend.documents()
    if args.json:
        print(json.dumps({"documents": [d.model_dump(mode="json") for d in documents]}, ensure_ascii=False, indent=2))
        return 0
    rows = [(d.id, d.kind, str(d.issued_on or "no date"), str(d.clauses), d.subject or "", d.title) for d in documents]
    print(table(("ID", "KIND", "ISSUED", "CLAUSES", "SUBJECT", "TITLE"), rows, last=5))
    return 0
