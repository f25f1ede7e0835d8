"""Measure ingest and answers on this machine, or with --url a service under many askers."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from api.commands.opening import encoder_of, settings_of
from api.local_key import read_local_key
from evals import bench
from evals.case import default_paths, load_cases
from evals.load import ask_at_once
from evals.report import write_file
from ingest.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"only these of: {', '.join(bench.PARTS)}")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to this file")
    parser.add_argument("--url", metavar="URL", help="ask a running service instead, many askers at once")
    parser.add_argument("--askers", type=int, default=32, help="askers at once, with --url (default: 32)")
    parser.add_argument("--seconds", type=float, default=60.0, help="for how long, with --url (default: 60)")
    parser.add_argument("--notices", type=int, default=bench.NOTICES, help="invented notices for the parts on size")


def run(args: argparse.Namespace) -> int:
    settings = settings_of(args)
    if args.url is not None:
        return _load(args, settings)
    return bench.main(
        corpus=settings.corpus,
        encoder=encoder_of(settings),
        json_file=args.json,
        parts=args.parts,
        notices=args.notices,
    )


def _load(args: argparse.Namespace, settings: Settings) -> int:
    """Exit status 1 when a question was not answered."""
    questions = list(dict.fromkeys(case.question for case in load_cases(default_paths()) if not case.corpus))
    key = read_local_key(settings.data)
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    load = ask_at_once(args.url, questions, askers=args.askers, seconds=args.seconds, headers=headers)
    told = json.dumps(load.told(), indent=1)
    print(told)
    if args.json is not None:
        write_file(args.json, told + "\n")
    return 1 if load.errors else 0
