"""Data sets that have nothing to give until somebody chooses a file, or hands over what they hold.

FILES maps the id of such a kind to a function that writes a small example into a folder that is its own, and returns
the parameters that make a data set of it. The contract tests run with these.
"""
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

FILES: dict[str, Callable[[Path], dict[str, Any]]] = {}


def _drawn(folder: Path) -> dict[str, Any]:
    """Ten points of three classes."""
    return {"points": [[number / 4, 2 - number / 8, number % 3] for number in range(10)]}


FILES["drawn"] = _drawn
