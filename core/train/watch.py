"""What a run is judged by: which number is watched, and since when it has not improved."""
from __future__ import annotations

import math
from dataclasses import dataclass, field

COLUMNS = {"loss": "loss", "validation_loss": "validation_loss", "accuracy": "score",
           "validation_accuracy": "validation_score"}


@dataclass(frozen=True, slots=True)
class Watch:
    """The number that is watched, and by how much it must change for the better to count as an improvement.

    `falling` says that lower is better.
    """

    monitor: str
    min_delta: float = 0.0
    falling: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "falling", self.monitor.endswith("loss"))

    @classmethod
    def of(cls, monitor: str, min_delta: float, *, validated: bool) -> Watch:
        """`monitor` as the setting has it: "auto" is the validation loss if it is measured, else the loss."""
        return cls(("validation_loss" if validated else "loss") if monitor == "auto" else monitor, min_delta)

    @property
    def column(self) -> str:
        """Its name in the series of epochs."""
        return COLUMNS[self.monitor]

    @property
    def worst(self) -> float:
        """What every number is better than."""
        return math.inf if self.falling else -math.inf

    def better(self, value: float, best: float) -> bool:
        """True if `value` improves on `best` by more than min_delta, as in Keras's EarlyStopping. NaN never does."""
        return value < best - self.min_delta if self.falling else value > best + self.min_delta

    def write(self, epoch: int, value: float) -> str:
        """ "validation loss 0.123 in epoch 4"."""
        shown = f"{value:.4g}" if self.falling else f"{value:.1%}"
        return f"{self.monitor.replace('_', ' ')} {shown} in epoch {epoch:,}"


class Judge:
    """The best epoch, from the watched number of every epoch in turn and from nothing else.

    Counts as Keras's EarlyStopping does: the best only moves on by improvements of more than min_delta.
    """

    def __init__(self, watch: Watch):
        self.watch = watch
        self.best = watch.worst
        self.best_epoch = 0
        self.epoch = 0

    def see(self, value: float) -> None:
        """One more epoch."""
        self.epoch += 1
        if self.watch.better(value, self.best):
            self.best, self.best_epoch = value, self.epoch

    def waited(self, since: int) -> int:
        """Epochs without an improvement; those up to `since` are forgiven."""
        return self.epoch - max(self.best_epoch, since)
