"""`python -m evals`: the evaluation with the settings of the place, for those without the console script."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from evals.run import BAD_INPUT, main
from ingest.encode import SentenceTransformerEncoder
from ingest.errors import ClausewiseError
from ingest.settings import load_settings


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals", description="Ask the cases and score the answers.")
    parser.add_argument("cases", nargs="*", type=Path, metavar="CASES", help="case files or folders (default: all)")
    parser.add_argument("--url", help="ask the service there instead of this process")
    parser.add_argument("--token", help="bearer token for --url")
    parser.add_argument("--corpus", type=Path, help="folder of the documents")
    parser.add_argument("--data", type=Path, help="an index to use as it stands (default: a fresh one)")
    parser.add_argument("--config", type=Path, help="settings file")
    parser.add_argument("--gate", type=Path, help="thresholds (default: evals/gate.toml)")
    parser.add_argument("--json", type=Path, help="write everything to this file")
    parser.add_argument("--junit", type=Path, help="write JUnit XML to this file")
    parser.add_argument("--failures", action="store_true", help="print every failing case")
    parser.add_argument("--part", choices=("tuning", "reserved"), help="only this part")
    parser.add_argument("--tag", action="append", default=[], help="only cases with this tag (may be repeated)")
    parser.add_argument("--renamed", type=int, metavar="SEED", help="over a copy with other names and dates")
    return parser


def run(arguments: list[str] | None = None) -> int:
    args = parser().parse_args(arguments)
    try:
        settings = load_settings(args.config, {"corpus": args.corpus, "data": args.data})
    except ClausewiseError as error:
        print(f"clausewise eval: {error}", file=sys.stderr)
        return BAD_INPUT
    encoder = SentenceTransformerEncoder(settings.model, threads=settings.threads, bulk_threads=settings.ingest_threads)
    return main(
        args.cases,
        corpus=settings.corpus,
        encoder=encoder,
        data=args.data,
        url=args.url,
        token=args.token,
        gate=args.gate,
        json_file=args.json,
        junit_file=args.junit,
        failures=args.failures,
        part=args.part,
        tags=args.tag,
        renamed=args.renamed,
        settings=settings.model_dump(mode="json", exclude={"database_url", "chroma_url"}),
    )


if __name__ == "__main__":
    sys.exit(run())
