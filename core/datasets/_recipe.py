"""How the samples of a data set are made ready: which column is for what, steps, split."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.params import EMPTY
from core.preprocessing import Step

SPLITS = {"stratified": "At random, by class", "random": "At random", "ordered": "In order, the last rows",
          "column": "By a column", "folds": "In folds"}
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Recipe:
    """`roles` says what a column is for, where that is not what the data set suggests; `validation` and `test` are
    shares of the samples that the data set loads; `split` is one of SPLITS. The same seed gives the same parts.

    "ordered" takes the last rows for the test part and those before them for validation, after sorting by
    `split_column` if that is named; "column" goes by what stands in `split_column`, which is then no input; with
    "folds" a test part is held back first, and of `folds` equal parts of the rest `fold`, from 1, is for validation.
    """

    steps: tuple[Step, ...] = ()
    roles: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    validation: float = 0.0
    test: float = 0.0
    seed: int = 0
    split: str = "stratified"
    split_column: str = ""
    folds: int = FOLDS
    fold: int = 1

    @property
    def by(self) -> str:
        """The column that the split goes by, or "" if it goes by none."""
        return self.split_column if self.split in ("ordered", "column") else ""

    @property
    def uses(self) -> Mapping[str, str]:
        """`roles`, with the column that names the part of each row ignored."""
        return {**self.roles, self.by: "ignore"} if self.split == "column" and self.by else self.roles
