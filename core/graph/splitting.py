"""How a document's samples are split, in figures and in what matters for the chosen way."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.datasets import DataSpec
from core.graph import edits
from core.graph.document import Document
from core.graph.settings import DataSettings

# The settings of the split, and the ways in which each of them matters.
MATTERS = {"split_column": ("ordered", "column"), "folds": ("folds",), "fold": ("folds",)}


# The shares that a way of splitting takes from elsewhere.
NEEDLESS = {"folds": ("validation",), "column": ("validation", "test")}


def set_split(doc: Document, values: Mapping[str, Any]) -> Document:
    """Change settings of the split. Shares that have no effect in a newly chosen way are taken back.

    Raises ParamError naming the setting.
    """
    needless = NEEDLESS.get(str(values.get("split", "")), ())
    return edits.set_data(doc, {**values, **dict.fromkeys(needless, 0.0)})


def matters(name: str, split: str) -> bool:
    """True if a setting has an effect with this way of splitting."""
    return name not in MATTERS or split in MATTERS[name]


def shares_of(data: DataSettings) -> tuple[float, float]:
    """The shares for validation and test of the samples that the data set loads."""
    if data.split == "folds":
        return (1.0 - data.test) / data.folds, data.test
    return data.validation, data.test


def counts_of(data: DataSettings, spec: DataSpec) -> tuple[int, ...]:
    """About how many samples are for training, validation and test; nothing if only the samples can tell."""
    if data.split == "column" or not spec.samples:
        return ()
    validation, test = shares_of(data)
    watch = round(spec.samples * validation)
    judge = spec.held_out or round(spec.samples * test)
    return spec.samples - watch - (0 if spec.held_out else judge), watch, judge
