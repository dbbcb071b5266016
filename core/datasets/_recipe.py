"""How the samples of a data set are made ready: which column is for what, steps, split."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.params import EMPTY
from core.preprocessing import Step

SPLITS = {"stratified": "At random, classes in proportion", "random": "At random"}


@dataclass(frozen=True, slots=True)
class Recipe:
    """`roles` says what a column is for, where that is not what the data set suggests; `validation` and `test` are
    shares of the samples that the data set loads; `split` is one of SPLITS. The same seed gives the same parts."""

    steps: tuple[Step, ...] = ()
    roles: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    validation: float = 0.0
    test: float = 0.0
    seed: int = 0
    split: str = "stratified"
