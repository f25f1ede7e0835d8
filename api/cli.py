"""The `clausewise` command: one parser, one place where errors become a line and an exit status.

Exit status: 0 done, 1 the answer or the eval fell short, 2 bad usage or input, 130 interrupted.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from api.commands import ask, audit, bench, chat, documents, evaluate, facts, ingest, keys, replay, serve
from api.version import product_version
from ingest.errors import ClausewiseError, printable

COMMANDS = (ingest, ask, chat, serve, documents, facts, evaluate, bench, audit, replay, keys)
OK, FELL_SHORT, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130

_DESCRIPTION = """\
Answers questions about official notices, letters and news reports in their own words, and cites the clause.

  clausewise ingest                     read the documents in corpus/ into the index
  clausewise ask "when is the plan due" answer one question
  clausewise serve                      open the chat page on http://127.0.0.1:8000"""
_EPILOGUE = """\
Settings come from the flags, then from CLAUSEWISE_* variables, then from clausewise.toml.
Exit status: 0 done, 1 the answer or the eval fell short, 2 bad usage or input.
Help on one command: clausewise COMMAND --help"""


class Parser(argparse.ArgumentParser):
    """Usage errors are one line, like every other error."""

    def error(self, message: str) -> NoReturn:
        self.exit(BAD_INPUT, f"{self.prog}: {message} (see {self.prog} --help)\n")


def build_parser() -> Parser:
    parser = Parser(
        prog="clausewise",
        description=_DESCRIPTION,
        epilog=_EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"clausewise {product_version()}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=Parser)
    for module in COMMANDS:
        command = commands.add_parser(
            module.NAME,
            help=module.HELP,
            description=module.__doc__,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        module.add_arguments(command)
        common = command.add_argument_group("common options")
        common.add_argument("--data", type=Path, metavar="DIR", help="data folder (default: var)")
        common.add_argument("--corpus", type=Path, metavar="DIR", help="folder of the documents (default: corpus)")
        common.add_argument("--config", type=Path, metavar="FILE", help="settings file (default: clausewise.toml)")
        common.add_argument("--verbose", action="store_true", help="say more on standard error")
        command.set_defaults(run=module.run)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status.  Nothing but `--help` and usage errors raises SystemExit."""
    args = build_parser().parse_args(arguments)
    logging.basicConfig(
        level=logging.DEBUG if args.verbose else logging.WARNING, format="%(levelname)s %(name)s: %(message)s"
    )
    _quiet_libraries(args.verbose)
    try:
        status: int = args.run(args)
        sys.stdout.flush()
        return status
    except ClausewiseError as error:
        return _fail(str(error), args.verbose)
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except OSError as error:
        where = f"{printable(str(error.filename))}: " if error.filename else ""
        return _fail(f"{where}{error.strerror or error}", args.verbose)
    except Exception as error:  # noqa: BLE001 - whatever it is, its user sees one line
        return _fail(f"unexpected error ({type(error).__name__}); run again with --verbose to see where", args.verbose)


def _fail(message: str, verbose: bool) -> int:
    if verbose:
        traceback.print_exc()
    print(f"clausewise: {' '.join(message.split())}", file=sys.stderr)
    return BAD_INPUT


def _quiet_libraries(verbose: bool) -> None:
    """Model and store libraries talk on standard error by default; their progress bars are not ours."""
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("TRANSFORMERS_NO_ADVISORY_WARNINGS", "1")
    logging.getLogger("bm25s").disabled = True  # it logs at debug level whatever its user wants
    if not verbose:
        import warnings

        warnings.simplefilter("ignore")


if __name__ == "__main__":
    sys.exit(main())
