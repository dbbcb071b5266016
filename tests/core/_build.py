"""Small documents for tests, in one line each."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.graph import edits
from core.graph.document import Document, Edge, Node

Step = str | tuple[str, Mapping[str, Any]]


def chain(*layers: Step, loss: str = "mse", source: Any = "xor", frozen: tuple[str, ...] = (),
          data: Mapping[str, Any] | None = None, **training: Any) -> Document:
    """Input, the layers, Output, wired in a row. Ids are kinds, numbered where one comes again."""
    doc = edits.empty()
    doc = edits.set_data(doc, {"source": source, **(data or {})})
    doc = edits.set_training(doc, training)
    before = ""
    for step in ("input", *layers, ("output", {"loss": loss})):
        kind, params = (step, {}) if isinstance(step, str) else step
        name = edits.fresh_id(doc, kind)
        doc = edits.add_node(doc, Node(name, kind, params))
        if before:
            doc = edits.connect(doc, Edge(before, name))
        before = name
    for name in frozen:
        doc = edits.freeze(doc, name, True)
    return doc


def dense(units: int, **params: Any) -> tuple[str, dict[str, Any]]:
    """A Dense layer for `chain`."""
    return "dense", {"units": units, **params}


def xor(**training: Any) -> Document:
    """2-4-1 with sigmoids and mean squared error."""
    settings = {"learning_rate": 1.0, "epochs": 20, **training}
    return chain(dense(4), "sigmoid", dense(1), "sigmoid", **settings)
