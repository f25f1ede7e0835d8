"""The `clausewise` command: one parser, one place where errors become a line and an exit status.

Exit status: 0 done, 1 the answer or the eval fell short, 2 bad usage or input, 130 interrupted.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from api.version import product_version
from ingest.errors import ClausewiseError, printable

COMMANDS = {  # name: (module, help); a module is imported when its command is the one asked for
    "ingest": ("api.commands.ingest", "bring the index in step with the documents"),
    "ask": ("api.commands.ask", "answer one question"),
    "chat": ("api.commands.chat", "ask questions one after another"),
    "serve": ("api.commands.serve", "serve the chat page, the widget and the HTTP interface"),
    "documents": ("api.commands.documents", "list the documents"),
    "facts": ("api.commands.facts", "query the register of facts"),
    "eval": ("api.commands.evaluate", "ask the evaluation cases and score the answers"),
    "bench": ("api.commands.bench", "measure ingest and answers on this machine"),
    "audit": ("api.commands.audit", "write out the answers that were given"),
    "replay": ("api.commands.replay", "ask a question of the audit again and compare"),
    "keys": ("api.commands.keys", "make, list and revoke API keys"),
}
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


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Keeps every command on the line of its help."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=30)
        self._action_max_length = 15


def build_parser(chosen: str | None = None) -> Parser:
    """The parser; of the commands only the chosen one knows its own arguments."""
    parser = Parser(
        prog="clausewise",
        description=_DESCRIPTION,
        epilog=_EPILOGUE,
        formatter_class=_Formatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"clausewise {product_version()}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=Parser)
    for name, (path, summary) in COMMANDS.items():
        module = importlib.import_module(path) if name == chosen else None
        command = commands.add_parser(
            name,
            help=summary,
            description=module.__doc__ if module else None,
            formatter_class=_Formatter,
            allow_abbrev=False,
        )
        if module is None:
            continue
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
    given = sys.argv[1:] if arguments is None else list(arguments)
    chosen = next((argument for argument in given if not argument.startswith("-")), None)
    args = build_parser(chosen).parse_args(given)
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
