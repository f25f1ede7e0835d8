"""Query the register: the typed values found in the documents, with the clause of each."""

from __future__ import annotations

import argparse
import json

from api.commands.backend import connect
from api.commands.show import table


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--kind", help="deadline, signatory, interval, amount …")
    parser.add_argument("--subject", help="name of the organisation that the documents are about")
    parser.add_argument("--document", metavar="ID", help="facts of this document only")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace) -> int:
    filters = {name: getattr(args, name) for name in ("kind", "subject", "document") if getattr(args, name)}
    with connect(args) as backend:
        facts = backend.facts(filters)
    if args.json:
        print(json.dumps({"facts": [f.model_dump(mode="json") for f in facts]}, ensure_ascii=False, indent=2))
        return 0
    rows = [(f.kind, f.normalised or f.value, f.document_id, f.clause, f.quote) for f in facts]
    print(table(("KIND", "VALUE", "DOCUMENT", "CLAUSE", "QUOTE"), rows, last=4))
    return 0
