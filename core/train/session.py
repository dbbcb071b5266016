"""A network in training: weights, data, optimizer and counters. Outlives the runs that work on it."""
from __future__ import annotations

from typing import Any

import numpy as np

from core.datasets import DATASETS, Parts, prepare
from core.engine.network import Network
from core.graph.check import check
from core.graph.document import Document
from core.graph.settings import DataSettings, TrainingSettings
from core.schedules import SCHEDULES
from core.train.rules import RULES, Rule
from core.train.series import epoch_series


class Session:
    """Everything that training changes. Raises CoreError if the document cannot be trained.

    `epochs` is where training ends; `epoch`, `batch` (within it) and `step` count what is done. `learning_rate` is
    the one that was set, `rate` what the schedule makes of it at present. `cache` is for whoever computes things
    once per session (grids, points of a plot).
    """

    def __init__(self, document: Document, *, dtype: Any = np.float32):
        self.document = document
        self.report = check(document)
        self.training = TrainingSettings(**_known(TrainingSettings, document.training))
        self.data = DataSettings(**_known(DataSettings, document.data))
        self.network = Network(document, self.report, seed=self.training.seed, dtype=dtype)
        self.parts: Parts = load_parts(self.data)
        self.validation_targets = self.network.targets(self.parts.validation.y)
        self.rng = np.random.default_rng([self.training.seed, 2])
        self.learning_rate = self.rate = self.training.learning_rate
        chosen = self.training.schedule
        # Looked at before every step: a rate that stays costs nothing.
        self.schedule = None if chosen.kind == "constant" else SCHEDULES[chosen.kind](**chosen.params)
        self.rule: Rule = RULES[self.training.rule](self)
        self.series = epoch_series()
        self.epochs = self.training.epochs
        self.epoch = 0
        self.batch = 0
        self.step = 0
        self.seconds = 0.0
        self.cache: dict[Any, Any] = {}
        self.set_rate()

    def change(self, **values: Any) -> None:
        """Change live settings between two batches: learning_rate, epochs. Raises ParamError."""
        for name, value in values.items():
            checked = TrainingSettings.params[name].check(value)
            if name == "learning_rate":
                self.learning_rate = float(checked)
                self.set_rate()
            elif name == "epochs":
                self.epochs = int(checked)

    def set_rate(self) -> None:
        """Give the rule the learning rate of the next step."""
        share = 1.0
        if self.schedule is not None:
            share = self.schedule.factor(self.epoch + self.batch / self.rule.batches, self.epochs)
        self.rate = self.learning_rate * share
        self.rule.set_rate(self.rate)


def load_parts(data: DataSettings) -> Parts:
    """The samples of a document, split and scaled. Raises DataError."""
    dataset = DATASETS[data.source.kind](**data.source.params)
    return prepare(dataset, scaling=data.scaling, validation=data.validation, test=data.test, seed=data.seed)


def _known(kind: type[DataSettings] | type[TrainingSettings], values: Any) -> dict[str, Any]:
    return {k: v for k, v in values.items() if k in kind.params}
