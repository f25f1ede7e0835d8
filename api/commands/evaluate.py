"""Ask the evaluation cases and score the answers; exit status 1 below the gate.

Without --data and --url the corpus is indexed afresh in a temporary folder, so that the figures are those of
the code at hand.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from api.commands.opening import encoder_of, settings_of
from api.local_key import read_local_key
from evals.run import main
from ingest.lock import find_service


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("cases", nargs="*", type=Path, metavar="CASES", help="case files or folders (default: all)")
    parser.add_argument("--url", help="ask the service there instead of this process")
    parser.add_argument("--token", help="bearer token for --url")
    parser.add_argument("--gate", type=Path, metavar="FILE", help="thresholds (default: those of the product)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write everything to this file")
    parser.add_argument("--junit", type=Path, metavar="FILE", help="write JUnit XML to this file")
    parser.add_argument("--failures", action="store_true", help="print every failing case")
    parser.add_argument("--part", choices=("tuning", "reserved"), help="only this part")
    parser.add_argument("--tag", action="append", default=[], help="only cases with this tag (repeatable)")


def run(args: argparse.Namespace) -> int:
    settings = settings_of(args)
    url, token = args.url, args.token
    if url is None and args.data is not None and (running := find_service(settings.data)) is not None:
        url, token = running.url, read_local_key(settings.data)
    return main(
        args.cases,
        corpus=settings.corpus,
        encoder=None if url else encoder_of(settings),
        data=args.data,
        url=url,
        token=token,
        gate=args.gate,
        json_file=args.json,
        junit_file=args.junit,
        failures=args.failures,
        part=args.part,
        tags=args.tag,
        settings=settings.model_dump(mode="json", exclude={"database_url", "chroma_url"}),
    )
