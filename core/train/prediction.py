"""What a network says about samples, in the words of the data."""
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from core.errors import DataError, Problem
from core.metrics import predicted
from core.preprocessing import Columns

if TYPE_CHECKING:
    from core.train.session import Session

Kind = Literal["classes", "labels", "numbers", "values"]


@dataclass(frozen=True, slots=True, eq=False)
class Prediction:
    """What is predicted for n samples; values (n, k) float32, one column for each of `names`.

    kind "classes": how sure the network is of each class, and `best` (n,) the class numbers that it takes;
    "labels": how sure it is of each of several yes-or-no questions; "numbers": numbers in the data's own units;
    "values": whatever the network gives that is not compared with the targets, such as a picture given back.
    `shape` is that of one sample of the output. `probabilities` says whether its values can be read as such.
    """

    kind: Kind
    names: tuple[str, ...]
    values: np.ndarray
    shape: tuple[int, ...]
    best: np.ndarray | None = None
    probabilities: bool = False


def predict(session: Session, columns: Columns) -> Prediction:
    """Predict for input columns like those that the data set gives, before preprocessing. Raises DataError."""
    x = session.parts.chain.apply(columns)
    if bad := int((~np.isfinite(x.reshape(len(x), -1))).any(axis=1).sum()):
        what = "A value is" if len(x) == 1 else f"Values of {bad:,} of {len(x):,} samples are"
        raise DataError(Problem("predict.missing", f"{what} missing or not a number.",
                                hint="Fill it in, or add the step Fill missing to the preprocessing."))
    return read(session, session.network.predict(x))


def read(session: Session, output: np.ndarray) -> Prediction:
    """What the output (n, ...) of the network means."""
    spec, goal, shape = session.parts.spec, session.network.goals[0], output.shape[1:]
    flat = output.reshape(len(output), -1).astype(np.float32)
    if not goal.predicts:
        names = tuple(f"value {i + 1}" for i in range(flat.shape[1])) if goal.encoding == "input" else ("real",)
        return Prediction("values", names, flat, shape)
    if spec.classification:
        best = predicted(flat)
        if flat.shape[1] == 1:
            flat = np.hstack([1.0 - flat, flat])
        return Prediction("classes", spec.classes, flat, shape, best, _sums_to_one(flat))
    names = spec.target_names or tuple(f"y{i + 1}" if flat.shape[1] > 1 else "y" for i in range(flat.shape[1]))
    if spec.multi_label:
        return Prediction("labels", names, flat, shape, probabilities=bool(((flat >= 0) & (flat <= 1)).all()))
    target = session.parts.target
    return Prediction("numbers", names, flat if target is None else target.undo(flat), shape)


def _sums_to_one(values: np.ndarray) -> bool:
    return bool((values >= 0).all() and np.allclose(values.sum(axis=1), 1.0, atol=1e-3))
