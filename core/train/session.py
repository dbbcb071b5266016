"""A network in training: weights, data, optimizer and counters. Outlives the runs that work on it."""
from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np

from core.datasets import Parts, prepare
from core.engine.memory import enough_memory, room_to_work
from core.engine.network import Network
from core.errors import GraphError, ParamError
from core.graph.check import check
from core.graph.document import Document
from core.graph.settings import LIVE, DataSettings, TrainingSettings
from core.layers import Array
from core.schedules import SCHEDULES
from core.train.memory import Memory, damaged, generator_memory, plain, recall_generator
from core.train.moments import Branch, Moment, Moments, branch, restore
from core.train.progress import Progress
from core.train.rules import RULES, Rule
from core.train.series import EPOCHS, epoch_series
from core.train.watch import Watch

JUDGED = {"monitor", "min_delta"}
# Columns of the series in the first files.
OLDEST = 8


class Session:
    """Everything that training changes. Raises CoreError if the document cannot be trained.

    `epochs` is where training ends; `epoch`, `batch` (within it) and `step` count what is done, `skipped` the steps of
    an epoch that was then begun anew, with other batches. `learning_rate` is the one that was set, `rate` what the
    schedule makes of it at present. The other live settings have the names that they have in the document.
    `first_loss` is what a loss that diverges is compared with. `cache` is for whoever computes things once per session
    (grids, points of a plot). `aside` holds weights of nodes that are not computed at present. `parts` are the samples
    of a session with the same data, which nobody changes; by default they are loaded. `moments` keeps the past, where
    somebody wants to look back at it; `left` is where it stood when it went back last.
    """

    epochs: int
    learning_rate: float
    early_stopping: int
    monitor: str
    min_delta: float
    restore_best: bool

    def __init__(self, document: Document, *, dtype: Any = np.float32, parts: Parts | None = None):
        self.document = document
        self.report = check(document)
        self.training = TrainingSettings.known(document.training)
        self.data = DataSettings.known(document.data)
        blocked = next((problem for problem in self.report.problems if problem.blocks), None)
        if problem := blocked or enough_memory(document, self.report, dtype=dtype):
            raise GraphError(problem)
        self.parts: Parts = parts or load_parts(self.data)
        self.network = Network(document, self.report, seed=self.training.seed, dtype=dtype,
                               class_weights=self.parts.class_weights)
        self.validation_targets = self.network.targets(self.parts.validation.y)
        self.rng = np.random.default_rng([self.training.seed, 2])
        chosen = self.training.schedule
        # Looked at before every step: a rate that stays costs nothing.
        self.schedule = None if chosen.kind == "constant" else SCHEDULES[chosen.kind](**chosen.params)
        self.rate = self.training.learning_rate
        self.rule: Rule = RULES[self.training.rule](self)
        if problem := room_to_work(self.network):
            raise GraphError(problem)
        self.series = epoch_series()
        self.progress = Progress(self.schedule, weights=self.network.weights.flat, state=self.network.state.flat)
        self.epoch = 0
        self.batch = 0
        self.step = self.skipped = 0
        self.seconds = 0.0
        self.first_loss = math.nan
        self.cache: dict[Any, Any] = {}
        self.aside: dict[str, Array] = {}
        self.moments: Moments | None = None
        self.left: Branch | None = None
        self.change(**{name: getattr(self.training, name) for name in LIVE})

    def change(self, *, more: int = 0, **values: Any) -> None:
        """Change live settings between two batches. `more` gives at least that many epochs from the present one on,
        and early stopping its whole patience again. Raises ParamError."""
        for name in LIVE:
            if name in values:
                setattr(self, name, TrainingSettings.params[name].check(values[name]))
        if more:
            self.epochs = TrainingSettings.epochs.check(max(self.epochs, self.epoch + more))
            self.progress.since = self.epoch
        if JUDGED & values.keys():
            self._follow()
        self.set_rate()

    def set_rate(self) -> None:
        """Give the rule the learning rate of the next step."""
        share = 1.0
        if self.schedule is not None:
            share = self.schedule.share(self.epoch + self.batch / self.rule.batches, self.epochs) * self.progress.share
        self.rate = self.learning_rate * share
        self.rule.set_rate(self.rate)

    @property
    def seen(self) -> Session | Moment:
        """What has the step, epoch and batch that belong to the present weights: itself, or the moment that is shown.
        """
        return (self.moments.showing if self.moments is not None else None) or self

    @property
    def over(self) -> bool:
        """True if there is nothing more to train: all epochs are done, or early stopping has lost its patience."""
        return self.epoch >= self.epochs or self.progress.stalled(self.early_stopping)

    def note(self, row: tuple[float, ...]) -> None:
        """An epoch ended: its row of the series."""
        self.series.add(row)
        self.skipped = 0
        self.progress.see(row, keep=self.restore_best)

    def go_back(self, moment: Moment) -> None:
        """Stand where the session stood at a moment; it goes on from there with the same bits as it did then. What came
        later is `left`."""
        self.left = branch(self, moment.step)
        notes = tuple(note for note in self.left.notes if note.epoch <= moment.epoch)
        self._stand_at(replace(self.left, moment=moment, rows=self.left.rows[: moment.epoch], notes=notes))

    def go_forth(self) -> None:
        """Stand where it stood when it went back last, if it did. What came since is `left` then."""
        if self.left is not None:
            place, self.left = self.left, branch(self, self.left.since)
            self._stand_at(place)

    def renew(self) -> None:
        """Something else than a step of training has changed weights, between two steps: the past holds them as they
        are now."""
        if self.moments is not None:
            self.moments.renew()

    @property
    def past_nbytes(self) -> int:
        """Bytes of what it keeps of its past, and of where it stood before it went back."""
        return sum(kept.nbytes for kept in (self.moments, self.left) if kept is not None)

    def forget_past(self) -> None:
        """Keep nothing but the present."""
        self.moments = self.left = None

    def _stand_at(self, place: Branch) -> None:
        restore(self, place.moment, place.rows, place.notes)
        if self.moments is not None:
            # What came later is of another run.
            self.moments.forget_after(place.since)
            self.moments.keep()

    def memory(self) -> Memory:
        """All that training has changed, but for the weights and what nodes remember (`network.copies()`): copies."""
        live = {name: getattr(self, name) for name in LIVE}
        values = {"epoch": self.epoch, "batch": self.batch, "step": self.step, "seconds": self.seconds,
                  "skipped": self.skipped, "since": self.progress.since, "first_loss": plain(self.first_loss),
                  "live": live}
        memory = Memory({"series": self.series.since(0)}, values)
        parts = {"best": self.progress.best.memory(), "rule": self.rule.memory()}
        parts |= {name: generator_memory(rng) for name, rng in self.generators().items()}
        for name, part in parts.items():
            memory = memory.joined(name, part)
        return memory

    def recall(self, memory: Memory) -> None:
        """Go on from what `memory` gave, in a session that was just made for an equal document; weights are loaded
        beside it. Raises FormatError if it cannot be what `memory` gave; then this session is of no further use."""
        self.epoch, self.step = memory.whole("epoch"), memory.whole("step")
        self.batch = memory.whole("batch", 0, self.rule.batches - 1)
        self.seconds, self.first_loss = memory.number("seconds"), memory.number("first_loss")
        rows = _whole_rows(memory, self.epoch)
        self.skipped = memory.whole("skipped") if "skipped" in memory.values else 0
        done = rows[-1, EPOCHS.index("step")] if self.epoch else 0
        if self.step != done + self.skipped + self.batch:
            raise damaged("epoch, batch and step do not agree")
        self.series.add_all(rows)
        self.progress.since = memory.whole("since", 0, self.epoch)
        for name, rng in self.generators().items():
            # A machine with more cores than that of the file has more threads that draw, each its own numbers.
            if name in memory.values or name in ("draws", "noise0"):
                recall_generator(rng, memory.part(name))
        self.rule.recall(memory.part("rule"))
        live: dict[str, Any] = {name: memory.part("live").values.get(name) for name in LIVE}
        try:
            self.change(**live)
        except ParamError as error:
            raise damaged(f"{error.problem.param} has a value that it cannot have") from None
        self.progress.best.recall(memory.part("best"), self.epoch)

    def generators(self) -> dict[str, np.random.Generator]:
        """Whatever draws: the order of samples, and in each thread what layers need."""
        return {"draws": self.rng, **{f"noise{i}": rng for i, rng in enumerate(self.network.rngs)}}

    def _follow(self) -> None:
        """Go by the number that the settings name. The weights of the best epoch by another number are forgotten."""
        watch = Watch.of(self.monitor, self.min_delta, validated=bool(len(self.parts.validation)))
        if watch != self.progress.watch:
            self.progress.best.forget()
        self.progress.follow(watch, self.series.since(0))


def _whole_rows(memory: Memory, epochs: int) -> Array:
    """The rows of the series; a file that is older than a column has none of its numbers."""
    found = memory.arrays.get("series")
    columns = min(len(EPOCHS), found.shape[1]) if found is not None and found.ndim == 2 else len(EPOCHS)
    rows = memory.array("series", np.empty((0, max(columns, OLDEST))), rows=epochs)
    return np.hstack([rows, np.full((epochs, len(EPOCHS) - rows.shape[1]), math.nan)])


def load_parts(data: DataSettings) -> Parts:
    """The samples of a document, split and preprocessed. Raises CoreError."""
    return prepare(data.dataset, data.recipe)
