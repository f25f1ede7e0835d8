"""The gate: the least that CI accepts, by suite and part, read from a TOML file.

[seeds.tuning]
accuracy = 0.95            # at least
wrong_document = 0.0       # at most, as for every rate of something bad
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from evals.metrics import Metrics, Share
from ingest.errors import InputError

AT_LEAST = ("accuracy", "answers_right", "right_refusals", "citation_precision", "citation_recall", "exact_quotes")
AT_MOST = ("wrong_refusals", "wrong_document")

Gate = Mapping[str, Mapping[str, Mapping[str, float]]]


def default_path() -> Path:
    return Path(__file__).parent / "gate.toml"


def load_gate(path: Path) -> Gate:
    """Thresholds by suite, part and figure; InputError naming what is wrong."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: cannot read the gate ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: not TOML: {error}") from error
    for suite, parts in raw.items():
        if not isinstance(parts, dict):
            raise InputError(f"{path}: {suite}: expected tables such as [{suite}.tuning]")
        for part, limits in parts.items():
            if part not in {"tuning", "reserved"} or not isinstance(limits, dict):
                raise InputError(f"{path}: [{suite}.{part}]: a part is tuning or reserved")
            for name, limit in limits.items():
                if name not in (*AT_LEAST, *AT_MOST):
                    raise InputError(
                        f"{path}: [{suite}.{part}] {name}: unknown; use {', '.join((*AT_LEAST, *AT_MOST))}"
                    )
                if isinstance(limit, bool) or not isinstance(limit, int | float) or not 0 <= limit <= 1:
                    raise InputError(f"{path}: [{suite}.{part}] {name}: {limit!r} is not a share from 0 to 1")
    return raw


def shortfalls(gate: Gate, suite: str, part: str, metrics: Metrics) -> tuple[str, ...]:
    """What keeps these figures from passing, a line each.  An error always does; a share with n = 0 never."""
    found = []
    if metrics.errors:
        found.append(f"{suite} {part}: {metrics.errors} of {metrics.cases} cases ended in an error")
    for name, limit in gate.get(suite, {}).get(part, {}).items():
        share: Share = getattr(metrics, name)
        if share.value is None:
            continue
        if name in AT_LEAST and share.value < limit:
            found.append(f"{suite} {part}: {name} {share.value:.3f} ({share.right}/{share.n}) is below {limit:.3f}")
        if name in AT_MOST and share.value > limit:
            found.append(f"{suite} {part}: {name} {share.value:.3f} ({share.right}/{share.n}) is above {limit:.3f}")
    return tuple(found)
