"""Measure ingest and answers on this machine."""

from __future__ import annotations

import argparse
from pathlib import Path

from api.commands.opening import encoder_of, settings_of
from evals import bench


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"only these of: {', '.join(bench.PARTS)}")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to this file")
    parser.add_argument("--notices", type=int, default=bench.NOTICES, help="invented notices for the parts on size")


def run(args: argparse.Namespace) -> int:
    settings = settings_of(args)
    return bench.main(
        corpus=settings.corpus,
        encoder=encoder_of(settings),
        json_file=args.json,
        parts=args.parts,
        notices=args.notices,
    )
