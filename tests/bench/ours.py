"""Our side: a document trained as the command line and the window do it, and the bare step for comparison."""
from __future__ import annotations

import time

import numpy as np

from core.engine.threads import blas_threads
from core.graph.document import Document
from core.train.control import Control
from core.train.events import Finished
from core.train.loop import train
from core.train.session import Session


class Training:
    """Whole epochs through `train`: events, series, progress and all."""

    name = "Layerloom"

    def __init__(self, document: Document, epochs: int):
        self.session, self.epochs = Session(document), epochs

    def run(self) -> float:
        session = self.session
        session.change(epochs=session.epoch + self.epochs)
        begun, first = time.perf_counter(), session.step
        last = None
        for event in train(session, Control()):
            last = event
        seconds = time.perf_counter() - begun
        if not isinstance(last, Finished):
            raise RuntimeError(f"the run did not finish: {last}")
        return (session.step - first) / seconds


class Steps:
    """The rule's steps without a run around them."""

    name = "Layerloom, bare steps"

    def __init__(self, document: Document, epochs: int):
        self.session, self.epochs = Session(document), epochs

    def run(self) -> float:
        rule = self.session.rule
        begun = time.perf_counter()
        with np.errstate(all="ignore"), blas_threads(self.session.network, self.session.rule.size):
            for _ in range(self.epochs):
                rule.begin_epoch()
                for batch in range(rule.batches):
                    rule.step(batch)
        return self.epochs * rule.batches / (time.perf_counter() - begun)
