"""Measure ingest and answers on this machine."""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path

from api.commands.opening import encoder_of, settings_of
from ingest.errors import ClausewiseError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to this file")


def run(args: argparse.Namespace) -> int:
    settings = settings_of(args)
    try:
        bench = importlib.import_module("evals.bench")
    except ImportError as error:
        raise ClausewiseError("this installation has no bench") from error
    status: int = bench.main(corpus=settings.corpus, encoder=encoder_of(settings), json_file=args.json)
    return status
