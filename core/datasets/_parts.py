"""A data set made ready for training."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.datasets._base import DataSpec, Samples
from core.preprocessing import Chain, Column, Columns, Step, Target

RawParts = tuple[Columns, Columns, Columns]

# About the bytes of a short text.
WORDS = 100


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """The three parts are disjoint, preprocessed alike, and in the data set's order, unless a step shuffles `train`.

    `validation` and `test` may be empty, `train` never is. `title` is what people call the data set. `chain` makes
    samples of input columns; `raw` holds those of the three parts as the data set gives them, or nothing where the
    samples are these already. `target` takes predictions of numbers back to the data's own units. `steps` are those
    that change how the training part is learned.
    """

    spec: DataSpec
    train: Samples
    validation: Samples
    test: Samples
    chain: Chain
    title: str = "Data"
    raw: RawParts | None = None
    target: Target | None = None
    steps: tuple[Step, ...] = ()

    @property
    def planar(self) -> bool:
        """True if the inputs, before any step, are two numbers, each for itself or side by side."""
        inputs = self.chain.inputs
        plain = all(spec.kind == "number" and not spec.tokens and len(spec.shape) < 2 for spec in inputs)
        return plain and sum(spec.width for spec in inputs) == 2

    @property
    def axes(self) -> tuple[str, str]:
        """The names of the two inputs of planar data."""
        names = [name for spec in self.chain.inputs for name in spec.names]
        return (names[0], names[1]) if len(names) == 2 else ("x1", "x2")

    @property
    def class_weights(self) -> tuple[float, ...]:
        """How much each class counts, by the last step that says so; empty if all alike. Raises DataError."""
        if not self.spec.classification:
            return ()
        counts = np.bincount(self.train.y, minlength=len(self.spec.classes))
        return next((found for step in reversed(self.steps) if (found := step.class_weights(counts))), ())

    @property
    def nbytes(self) -> int:
        """About how many bytes all samples take; what several arrays share counts once."""
        arrays = [array for part in (self.train, self.validation, self.test) for array in (part.x, part.y)]
        arrays += [column.values for part in self.raw or () for column in part]
        owners = {id(owner): owner for owner in (a if a.base is None else a.base for a in arrays)}
        return sum(owner.size * WORDS if owner.dtype == object else owner.nbytes for owner in owners.values()
                   if isinstance(owner, np.ndarray))

    def own(self, y: np.ndarray) -> np.ndarray:
        """Numbers to predict, or predictions of them (n, k), in the data's own units."""
        return y if self.target is None else self.target.undo(y)

    def plane(self) -> np.ndarray:
        """The inputs of all parts of planar data as points (n, 2) float32, in their own units; NaN where one is
        missing."""
        if self.raw is None:
            return np.concatenate([part.x for part in (self.train, self.validation, self.test)])
        return np.concatenate([np.column_stack([column.values for column in part]) for part in self.raw])

    def from_plane(self, points: np.ndarray) -> np.ndarray:
        """Samples of points (n, 2) like those of `plane`."""
        points, inputs = np.asarray(points, np.float32), self.chain.inputs
        columns = (points,) if len(inputs) == 1 else tuple(np.ascontiguousarray(values) for values in points.T)
        return self.chain.apply(tuple(map(Column, inputs, columns)))


def describe(parts: Parts) -> str:
    """What there is, in one line: "Iris: 150 samples, 4 features, 3 classes; 120 train, 30 test"."""
    spec = parts.spec
    sizes = {"train": len(parts.train), "validation": len(parts.validation), "test": len(parts.test)}
    target = _count(len(spec.classes), "class", "classes") if spec.classification \
        else _count(spec.targets, "target", "targets")
    if len(spec.shape) == 1:
        noun = ("token", "tokens") if spec.tokens else ("feature", "features")
        features = _count(spec.shape[0], *noun)
    else:
        features = "shape " + " × ".join(map(str, spec.shape))
    samples = _count(sum(sizes.values()), "sample", "samples")
    used = ", ".join(f"{size:,} {name}" for name, size in sizes.items() if size)
    return f"{parts.title}: {samples}, {features}, {target}; {used}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
