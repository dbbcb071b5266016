"""Data sets that have nothing to give until somebody chooses a file, or hands over what they hold.

FILES maps the id of such a kind to a function that writes a small example into a folder that is its own, and returns
the parameters that make a data set of it. The contract tests run with these.
"""
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.core.datasets._idx_files import write_mnist
from tests.core.datasets._picture_files import write_pictures

FILES: dict[str, Callable[[Path], dict[str, Any]]] = {}


def _drawn(folder: Path) -> dict[str, Any]:
    """Ten points of three classes."""
    return {"points": [[number / 4, 2 - number / 8, number % 3] for number in range(10)]}


FILES["drawn"] = _drawn


def _idx(folder: Path) -> dict[str, Any]:
    """Thirty pictures of 28 x 28 pixels to train on, twenty to test."""
    return {"folder": str(write_mnist(folder / "idx", train=30))}


def _pictures(folder: Path) -> dict[str, Any]:
    """Four pictures of each of three classes."""
    return {"path": str(write_pictures(folder / "pictures"))}


FILES["idx"] = _idx
FILES["image_folder"] = _pictures
