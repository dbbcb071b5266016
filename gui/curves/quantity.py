"""What can be drawn over the epochs of a run."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.datasets import DataSpec
from core.metrics import METRICS
from gui.plots import numbers

UNIT = 0.0, 1.03
# From 0 to 1 by nature.
BOUNDED = frozenset({"precision", "recall", "f1", "roc_auc", "top_k_accuracy"})


@dataclass(frozen=True)
class Quantity:
    """A number with a line for training and one for validation: `columns` of the series, or a `metric` that is
    computed from the kept moments. `fixed` bounds the axis; `stretched` says that a logarithmic scale suits it,
    `factor` that its axis counts in parts of 1, and `smoothed` that it is measured, not set."""

    id: str
    title: str
    columns: tuple[str, ...]
    write: Callable[[float], str]
    widest: str
    fixed: tuple[float, float] | None = None
    factor: float = 1.0
    stretched: bool = True
    metric: str = ""
    smoothed: bool = True


def _third(value: float) -> str:
    return numbers.fixed(value, 3)


LOSS = Quantity("loss", "Loss", ("loss", "validation_loss"), numbers.measured, "0.0000")
SCORE = Quantity("score", "Accuracy", ("score", "validation_score"), numbers.share, "100.0 %", UNIT, 100.0, False)
RATE = Quantity("learning_rate", "Learning rate", ("learning_rate",), numbers.measured, "0.0000",
                smoothed=False)
NORM = Quantity("gradient_norm", "Gradient norm", ("gradient_norm",), numbers.measured, "0.0000")
MEASURED = LOSS, SCORE, RATE, NORM


def offered(spec: DataSpec | None) -> tuple[Quantity, ...]:
    """What is measured in every run, and the metrics that suit the data."""
    if spec is None:
        return MEASURED
    kinds = [kind() for name, kind in METRICS.items() if name != "accuracy"]
    return MEASURED + tuple(_of(metric.info.kind, metric.info.title) for metric in kinds
                            if metric.single and metric.suits(len(spec.classes)))


def _of(kind: str, title: str) -> Quantity:
    bounded = kind in BOUNDED
    return Quantity(f"metric.{kind}", title, ("train", "validation"), _third if bounded else numbers.measured, "0.0000",
                    UNIT if bounded else None, 1.0, not bounded and kind != "r2", kind)
