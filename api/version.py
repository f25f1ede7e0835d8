"""The version of the product, as it is installed."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def product_version() -> str:
    """`0` where the code runs without being installed."""
    try:
        return version("clausewise")
    except PackageNotFoundError:
        return "0"
