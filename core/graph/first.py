"""A first network for data: small, of the usual kind, and able to learn something at once."""
from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.datasets import Dataset, DataSpec, outline
from core.errors import GraphError, Problem
from core.graph import edits
from core.graph.document import Document, Edge, Node
from core.graph.settings import DataSettings
from core.params import Kind
from core.preprocessing import STEPS

# How far the corners of cards lie apart.
ACROSS, DOWN = 224.0, 184.0
VALIDATION = 0.2
# With fewer samples all of them are learned from.
FEW = 20
STEPS_WANTED = 4000
# Longer sequences of words are averaged: step by step they would take long.
LONG = 60
SMALLEST_PICTURE = 8
# A picture that is larger than this, or has colours, is taken for a photograph.
SMALL_PICTURE = 32
UNSCALED = ("Plane", "Logic")

Layer = tuple[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class _Draft:
    """Rows of layers between Input and Output, and how they are trained."""

    rows: tuple[tuple[Layer, ...], ...]
    rate: float
    most_epochs: int = 100


def first_network(doc: Document) -> Document:
    """A network for the data of a document that has no nodes yet, with the loss and the training that fit them.

    Preprocessing that numbers need for it is added. Raises CoreError if there is a network already, or if the data
    cannot be described.
    """
    if doc.nodes:
        raise GraphError(Problem("first.nodes", "There is a network already.", hint="Begin with an empty canvas."))
    settings = DataSettings.known(doc.data)
    dataset = settings.dataset
    spec = outline(dataset, settings.recipe)
    doc = edits.set_data(doc, _prepared(settings, dataset, spec))
    settings = DataSettings.known(doc.data)
    draft = _draft(outline(dataset, settings.recipe))
    doc = edits.set_training(doc, _training(spec, draft, watched=settings.watched))
    last, loss = _end(spec)
    return _built(doc, (*draft.rows, last), loss)


def _prepared(settings: DataSettings, dataset: Dataset, spec: DataSpec) -> dict[str, Any]:
    """The data settings with numbers scaled that need it, and a part to watch with."""
    steps = [*settings.steps]
    kinds = [STEPS[step.kind] for step in steps]
    # Series from a file are in units of their own.
    flat = len(spec.shape) == 1 or (len(spec.shape) == 2 and "path" in dataset.params)
    plain = flat and not spec.tokens and spec.picture is None
    drawn = bool(dataset.edited) or dataset.info.category in UNSCALED
    if plain and not drawn and not any(kind.info.category == STEPS["standardise"].info.category for kind in kinds):
        steps.append(Kind("standardise", STEPS["standardise"]().config()))
    numbers = not spec.classification and not spec.multi_label
    if numbers and not any(kind.stage == "target" for kind in kinds):
        scaling = next((kind for kind in STEPS.values() if kind.stage == "target"), None)
        steps += [Kind(scaling.info.kind, scaling().config())] if scaling is not None else []
    share = VALIDATION if not settings.validation and spec.samples >= FEW else settings.validation
    return {"steps": tuple(steps), "validation": min(share, round(0.9 - settings.test, 2))}


def _draft(spec: DataSpec) -> _Draft:
    """The hidden layers for samples of this form."""
    if spec.tokens and len(spec.shape) == 1:
        return _words(spec)
    if len(spec.shape) == 3:
        return _pictures(spec)
    if spec.picture is not None:
        width = 128 if math.prod(spec.shape) > 256 else 64
        return _Draft((_dense(width, "relu"), _dense(width // 2, "relu")), 0.001)
    if len(spec.shape) == 2:
        return _Draft(((("lstm", {"units": 32}),),), 0.005)
    if len(spec.shape) == 1:
        features = spec.shape[0]
        if features <= 2:
            return _Draft((_dense(8, "tanh"), _dense(8, "tanh")), 0.01, 300)
        width = min(128, max(16, 2 ** math.ceil(math.log2(2 * features))))
        return _Draft((_dense(width, "relu"), _dense(width // 2, "relu")), 0.003, 200)
    return _Draft(((("flatten", {}),), _dense(64, "relu")), 0.001)


def _words(spec: DataSpec) -> _Draft:
    embedding: Layer = ("embedding", {"input_dim": spec.tokens, "output_dim": 16 if spec.tokens < 1000 else 32})
    if spec.shape[0] > LONG:
        return _Draft(((embedding, ("global_average_pool1d", {})), _dense(32, "relu")), 0.005)
    return _Draft(((embedding, ("gru", {"units": 32})),), 0.005)


def _pictures(spec: DataSpec) -> _Draft:
    """Convolutions that halve the picture until little is left of it, with twice as many filters each time.

    Photographs show their objects anywhere, and there are few of them: what the last filters find is averaged over the
    picture, where a Dense layer would learn places by heart.
    """
    photographs = spec.shape[2] > 1 or min(spec.shape[:2]) > SMALL_PICTURE
    rows: list[tuple[Layer, ...]] = []
    side, filters = min(spec.shape[:2]), 8
    while side >= SMALLEST_PICTURE and len(rows) < 5:
        rows.append((*_conv(filters, normed=photographs), ("max_pool2d", {"pool_size": [2, 2]})))
        side, filters = side // 2, min(64, filters * 2)
    rows = rows or [_conv(filters, normed=photographs)]
    if photographs:
        return _Draft((*rows, (("global_average_pool2d", {}),)), 0.003)
    return _Draft((*rows, (("flatten", {}), *_dense(64, "relu"))), 0.001)


def _conv(filters: int, *, normed: bool) -> tuple[Layer, ...]:
    found: Layer = "conv2d", {"filters": filters, "kernel_size": [3, 3], "padding": "same"}
    return (found, ("batch_norm", {}), ("relu", {})) if normed else (found, ("relu", {}))


def _dense(units: int, activation: str) -> tuple[Layer, ...]:
    return ("dense", {"units": units}), (activation, {})


def _end(spec: DataSpec) -> tuple[tuple[Layer, ...], str]:
    """The last layers, and the loss that fits them."""
    if spec.classification and len(spec.classes) > 2:
        return _dense(len(spec.classes), "softmax"), "sparse_categorical_crossentropy"
    if spec.classification or spec.multi_label:
        return _dense(1 if spec.classification else spec.targets, "sigmoid"), "binary_crossentropy"
    return (("dense", {"units": spec.targets}),), "mse"


def _training(spec: DataSpec, draft: _Draft, *, watched: bool) -> dict[str, Any]:
    learned = max(1, round(spec.samples * (1 - VALIDATION))) if spec.samples else 10_000
    batch = 0 if learned < FEW else 16 if learned < 1000 else 32 if learned < 10_000 else 64
    batches = 1 if not batch else math.ceil(learned / batch)
    epochs = 1000 if not batch else min(draft.most_epochs, max(10, STEPS_WANTED // batches))
    rate = 0.03 if not batch else draft.rate
    # What is learned by heart after the best epoch is given up: many data sets of one's own are small.
    best = bool(batch) and watched and math.prod(spec.shape) > 2
    return {"rule": "gradient", "optimizer": "adam", "learning_rate": rate, "batch_size": batch, "epochs": epochs,
            "restore_best": best}


def _built(doc: Document, rows: tuple[tuple[Layer, ...], ...], loss: str) -> Document:
    """Input, the rows one below the other, and Output, wired one after another."""
    doc = edits.add_node(doc, Node("input", "input", {}, (0.0, 0.0)))
    before, x, y = "input", 0.0, 0.0
    for number, row in enumerate(rows):
        y = DOWN * number
        for place, (kind, params) in enumerate(row):
            name, x = edits.fresh_id(doc, kind), ACROSS * (place + 1)
            doc = edits.add_node(doc, Node(name, kind, params, (x, y)))
            doc = edits.connect(doc, Edge(before, name))
            before = name
    doc = edits.add_node(doc, Node("output", "output", {"loss": loss}, (x + ACROSS, y)))
    return edits.connect(doc, Edge(before, "output"))
