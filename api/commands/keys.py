"""Make, list and revoke the API keys of `auth = "keys"`.

clausewise keys create "intranet team" --group staff
clausewise keys list
clausewise keys revoke ID
"""

from __future__ import annotations

import argparse
import sys

from api.commands.opening import settings_of
from api.commands.show import table
from api.keys import SCOPES, KeyStore
from ingest.errors import InputError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("create", "list", "revoke"), help="what to do")
    parser.add_argument("name", nargs="?", metavar="NAME|ID", help="name of a new key, or id of the one to revoke")
    parser.add_argument("--scope", action="append", choices=SCOPES, help="what it may do (default: ask; repeatable)")
    parser.add_argument("--group", action="append", default=[], help="whose documents it may read (repeatable)")
    parser.add_argument("--days", type=int, help="days until it expires (default: never)")


def run(args: argparse.Namespace) -> int:
    store = KeyStore(settings_of(args).data)
    if args.action == "list":
        rows = [
            (k.id, k.name, " ".join(k.scopes), " ".join(k.groups), k.created[:10], (k.expires or "never")[:10])
            for k in store.all()
        ]
        print(table(("ID", "NAME", "SCOPES", "GROUPS", "CREATED", "EXPIRES"), rows, last=1))
        return 0
    if args.name is None:
        raise InputError(f"keys {args.action} needs {'a name' if args.action == 'create' else 'the id of a key'}")
    if args.action == "revoke":
        gone = store.revoke(args.name)
        print(f"revoked  {gone.id} {gone.name}")
        return 0
    if args.days is not None and args.days < 1:
        raise InputError("--days: give at least 1")
    _, words = store.create(args.name, scopes=args.scope or ["ask"], groups=args.group, days=args.days)
    print(words)
    print("Keep it safe: it is shown this once.", file=sys.stderr)
    return 0
