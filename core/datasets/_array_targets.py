"""What the numbers or words of a target array stand for."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.datasets._npy import Place, refusal

AUTO, CLASSES, NUMBERS = "auto", "classes", "numbers"
TARGETS = {AUTO: "Found out", CLASSES: "Classes", NUMBERS: "Numbers"}
# Whole numbers are classes if there are so few of them, or so few for so many samples.
FEW, MOST, SAMPLES_EACH = 20, 1000, 10


@dataclass(frozen=True, slots=True, eq=False)
class Meaning:
    """`values` are those of the classes in ascending order, or None for numbers to predict, of which there are `width`.

    With `one_hot` a class is given as a row of zeros with a single one. `yes_or_no` numbers are all 0 or 1.
    """

    width: int = 1
    values: np.ndarray | None = None
    one_hot: bool = False
    yes_or_no: bool = False

    @property
    def classes(self) -> tuple[str, ...]:
        """The names of the classes: their values."""
        return () if self.values is None else tuple(map(_name, self.values.tolist()))

    def encode(self, y: np.ndarray, place: Place) -> np.ndarray:
        """Targets as samples hold them: class numbers (n,) intp or numbers (n, width) float32. Raises DataError."""
        y = plain(y, place)
        if self.values is None:
            numbers: np.ndarray = y.reshape(len(y), -1).astype(np.float32)
            return numbers
        if self.one_hot:
            return np.asarray(y.argmax(axis=1), np.intp)
        codes = np.minimum(np.searchsorted(self.values, y), len(self.values) - 1)
        if (strange := self.values[codes] != y).any():
            first = int(strange.argmax())
            raise refusal(place, f'holds the class "{_name(y[first].item())}" in row {first + 1:,}, which does not '
                          "occur in the training part", "Add samples of it to the training part, or leave it out.")
        return codes.astype(np.intp)


def plain(y: np.ndarray, place: Place) -> np.ndarray:
    """Targets (n,) or (n, k) as they are meant: a single column alone, bytes as text. Raises DataError."""
    if y.ndim == 0 or y.ndim > 2:
        raise refusal(place, f"has the shape {y.shape}, but one target or one row of targets is wanted for each "
                      "sample", "Choose another array as the targets.")
    y = y[:, 0] if y.ndim == 2 and y.shape[1] == 1 else y
    return np.char.decode(y, "utf-8", "replace") if y.dtype.kind == "S" else y


def meaning(y: np.ndarray, wanted: str, place: Place) -> Meaning:
    """What targets are, going by `wanted` and by their values. Raises DataError."""
    y = plain(y, place)
    if y.ndim == 2:
        return _rows(y, wanted, place)
    words = y.dtype.kind == "U"
    if words and wanted == NUMBERS:
        raise refusal(place, "holds words, which cannot be predicted as numbers", "Take the targets as classes.")
    if wanted == NUMBERS or (not words and wanted == AUTO and not _countable(y)):
        return Meaning()
    if y.dtype.kind == "f" and not np.isfinite(y).all():
        first = int((~np.isfinite(y)).argmax()) + 1
        raise refusal(place, f"holds NaN or infinity as a class, first in row {first:,}", "Mend the targets.")
    values = np.unique(y)
    if wanted == AUTO and not words and not _few(len(values), len(y)):
        return Meaning()
    if len(values) > MOST:
        raise refusal(place, f"holds {len(values):,} classes, and more than {MOST:,} are not taken",
                      "Choose another array as the targets, or take them as numbers.")
    if len(values) < 2:
        raise refusal(place, f'holds one class only, "{_name(values[0].item())}"',
                      "Choose another array as the targets.")
    return Meaning(values=values)


def _rows(y: np.ndarray, wanted: str, place: Place) -> Meaning:
    if y.dtype.kind == "U":
        raise refusal(place, f"has {y.shape[1]:,} words for each sample", "Give each sample one class.")
    binary = bool(((y == 0) | (y == 1)).all())
    one_hot = binary and bool((y.sum(axis=1) == 1).all())
    if one_hot and wanted != NUMBERS:
        return Meaning(values=np.arange(y.shape[1]), one_hot=True)
    if wanted == CLASSES:
        raise refusal(place, f"has {y.shape[1]:,} numbers for each sample, which name no class",
                      "Give each sample one class, or take the targets as numbers.")
    return Meaning(y.shape[1], yes_or_no=binary and wanted == AUTO)


def _countable(y: np.ndarray) -> bool:
    return y.dtype.kind in "biu" or bool(np.isfinite(y).all() and (y == np.rint(y)).all())


def _few(values: int, samples: int) -> bool:
    return values <= max(FEW, min(MOST, samples // SAMPLES_EACH))


def _name(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
