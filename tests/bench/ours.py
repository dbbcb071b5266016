"""Our side: a document trained as the command line and the window do it, and the bare step for comparison."""
from __future__ import annotations

import time
from unittest.mock import patch

import numpy as np

from core.datasets import Parts, Samples
from core.engine.threads import at_work
from core.graph.check import check
from core.graph.document import Document
from core.preprocessing import Chain, ColumnSpec
from core.train.control import Control
from core.train.events import Finished
from core.train.loop import train
from core.train.session import Session
from tests.bench import cases


def make_session(document: Document, parts: Parts | None = None) -> Session:
    """A session on `parts`. Without, on the data that the document names; on words if an Embedding reads them."""
    if parts is None and _reads_words(document):
        parts = invent(document, document.data["source"].params["samples"])
    if parts is None:
        return Session(document)
    with patch("core.train.session.load_parts", lambda data: parts):
        return Session(document)


def invent(document: Document, count: int) -> Parts:
    """Random samples in the shape of the document's data, numbers of words for an Embedding."""
    spec = check(document).spec
    assert spec is not None
    rng, shape = np.random.default_rng(0), (count, *spec.shape)
    x = rng.integers(cases.VOCABULARY, size=shape) if _reads_words(document) else rng.random(shape, np.float32)
    train = Samples(x.astype(np.float32, copy=False), rng.integers(len(spec.classes), size=count).astype(np.intp))
    none = Samples(train.x[:0], train.y[:0])
    return Parts(spec, train, none, none, Chain((ColumnSpec("x", shape=spec.shape),)))


def _reads_words(document: Document) -> bool:
    return any(node.kind == "embedding" for node in document.nodes.values())


class Training:
    """Whole epochs through `train`: events, series, progress and all."""

    name = "Layerloom"

    def __init__(self, document: Document, epochs: int, parts: Parts | None = None):
        self.session, self.epochs = make_session(document, parts), epochs

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

    def __init__(self, document: Document, epochs: int, parts: Parts | None = None):
        self.session, self.epochs = make_session(document, parts), epochs

    def run(self) -> float:
        rule = self.session.rule
        begun = time.perf_counter()
        with np.errstate(all="ignore"), at_work(self.session.network, self.session.rule.size):
            for _ in range(self.epochs):
                rule.begin_epoch()
                for batch in range(rule.batches):
                    rule.step(batch)
        return self.epochs * rule.batches / (time.perf_counter() - begun)
