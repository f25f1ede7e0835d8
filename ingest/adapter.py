"""A low-rank adapter (LoRA, arXiv:2106.09685): what is added to an encoder to compare questions with answers.

A question and the sentence that answers it seldom share their words, nor are those always near in a general model
("what can they look at", "reviews may cover").  The adapter, learned from questions with their answers
(`python -m evals.learn`), brings the tokens of both together.  The vectors that are searched stay the model's own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ingest.arrays import Vectors

if TYPE_CHECKING:
    from torch import nn

Halves = NDArray[np.float16]


@dataclass(frozen=True, eq=False)
class Adapter:
    """Fits one encoder only, whose vectors have `d` dimensions.

    encoder     id of that encoder
    factors     by the name of a linear layer `[out, in]`: what makes up its addition, `(up [out, r], down [r, in])`
    importance  [d], whose dot product with a question's token is the logarithm of what it counts
    usual       the likeness of an ordinary good candidate, which counts as 0
    """

    encoder: str
    factors: Mapping[str, tuple[Halves, Halves]]
    importance: Vectors
    usual: float = 0.0

    @cached_property
    def digest(self) -> str:
        """Eight hex digits that tell one adapter's additions from another's."""
        found = hashlib.sha256(self.encoder.encode())
        for name in sorted(self.factors):
            found.update(name.encode())
            for factor in self.factors[name]:
                found.update(np.ascontiguousarray(factor).tobytes())
        return found.hexdigest()[:8]

    def add_to(self, model: nn.Module) -> None:
        """Add it to a model's weights, for good.  Raises KeyError where the model lacks a layer of that name."""
        import torch

        layers = dict(model.named_modules())
        with torch.no_grad():
            for name, (up, down) in self.factors.items():
                layers[name].weight += torch.from_numpy(up.astype(np.float32) @ down.astype(np.float32))

    def save(self, path: Path) -> None:
        arrays: dict[str, Any] = {
            "encoder": np.array(self.encoder),
            "importance": self.importance.astype(np.float32),
            "usual": np.float32(self.usual),
        }
        for name, (up, down) in self.factors.items():
            arrays |= {f"{name}:up": up, f"{name}:down": down}
        np.savez_compressed(path, **arrays)

    @classmethod
    def load(cls, path: Path) -> Adapter:
        """Raises OSError, KeyError or ValueError when the file cannot be read."""
        with np.load(path, allow_pickle=False) as held:
            names = {key.rpartition(":")[0] for key in held.files if ":" in key}
            return cls(
                str(held["encoder"]),
                {name: (held[f"{name}:up"], held[f"{name}:down"]) for name in sorted(names)},
                held["importance"],
                float(held["usual"]),
            )


def adapter_path() -> Path:
    return Path(__file__).with_name("adapter.npz")


@lru_cache(maxsize=4)
def adapter_of(encoder: str) -> Adapter | None:
    """The one that comes with the product, None for an encoder that it was not learned for."""
    shipped = _shipped()
    return shipped if shipped is not None and shipped.encoder == encoder else None


@lru_cache(maxsize=1)
def _shipped() -> Adapter | None:
    path = adapter_path()
    return Adapter.load(path) if path.exists() else None
