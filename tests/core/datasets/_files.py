"""Data sets that have nothing to give until somebody chooses a file, or hands over what they hold.

FILES maps the id of such a kind to a function that writes a small example into a folder that is its own, and returns
the parameters that make a data set of it. The contract tests run with these.
"""
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from tests.core.datasets._housing import as_text, original, write_archive
from tests.core.datasets._idx_files import write_mnist
from tests.core.datasets._picture_files import write_pictures

FILES: dict[str, Callable[[Path], dict[str, Any]]] = {}


def _drawn(folder: Path) -> dict[str, Any]:
    """Ten points of three classes."""
    return {"points": [[number / 4, 2 - number / 8, number % 3] for number in range(10)]}


FILES["drawn"] = _drawn


def _arrays(folder: Path) -> dict[str, Any]:
    """Twelve samples of shape (2, 3) and three classes, and four more as a test part."""
    x = np.arange(96.0).reshape(16, 2, 3)
    y = np.arange(16) % 3
    np.savez(folder / "arrays.npz", x_train=x[:12], y_train=y[:12], x_test=x[12:], y_test=y[12:])
    return {"path": str(folder / "arrays.npz")}


FILES["arrays"] = _arrays


def _texts(folder: Path) -> dict[str, Any]:
    """Four texts of two classes."""
    for name, texts in (("good", ("so warm", "very fine")), ("bad", ("no", "too cold"))):
        (folder / name).mkdir()
        for number, text in enumerate(texts):
            (folder / name / f"{number}.txt").write_text(text, "utf-8")
    return {"path": str(folder)}


FILES["text_folder"] = _texts


def _idx(folder: Path) -> dict[str, Any]:
    """Thirty pictures of 28 x 28 pixels to train on, twenty to test."""
    return {"path": str(write_mnist(folder / "idx", train=30))}


def _pictures(folder: Path) -> dict[str, Any]:
    """Four pictures of each of three classes."""
    return {"path": str(write_pictures(folder / "pictures"))}


FILES["idx"] = _idx
FILES["image_folder"] = _pictures


def _table(folder: Path) -> dict[str, Any]:
    """Sixteen rows: a number, a word, a date and a class to predict."""
    lines = [f"{i / 4},{'ab'[i % 2]},2024-01-{i + 1:02},{('yes', 'no')[i % 4 // 2]}" for i in range(16)]
    (folder / "table.csv").write_text("\n".join(["length,kind,day,class", *lines]) + "\n", encoding="utf-8")
    return {"path": str(folder / "table.csv")}


def _series(folder: Path) -> dict[str, Any]:
    """Forty points in time of two numbers."""
    lines = [f"{i},{i * i % 7}" for i in range(40)]
    (folder / "series.csv").write_text("\n".join(["level,rest", *lines]) + "\n", encoding="utf-8")
    return {"path": str(folder / "series.csv"), "window": 5, "horizon": 2}


FILES["table"] = _table
FILES["time_series"] = _series


def write_kept(root: Path) -> Path:
    """A folder such as LAYERLOOM_DATA names, with small files of the kinds that look for theirs in it."""
    write_mnist(root / "mnist")
    write_mnist(root / "fashion_mnist", zipped=False)
    write_archive(root / "california_housing", as_text(original()))
    return root
