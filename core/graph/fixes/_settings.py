"""Fixes for the data and the training: shares, what is watched, the rule, what is frozen."""
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from core.graph import edits, rewire
from core.graph.document import Document
from core.graph.fixes._base import Case, Fix, mends
from core.graph.naming import title_of
from core.layers import LAYERS

SHARE = 0.2


@mends("data.shares", "data.share")
def smaller_shares(case: Case) -> Iterator[Fix]:
    """Leave samples to train on."""
    if case.problem.code == "data.shares":
        yield set_data("Hold back 20 % for validation and 20 % for the test", validation=SHARE, test=SHARE)
    if case.doc.data.get("test"):
        yield set_data("Hold back no test part", test=0.0)
    if case.doc.data.get("validation"):
        yield set_data("Hold back no validation part", validation=0.0)


@mends("loss.encoding")
def automatic_encoding(case: Case) -> Iterator[Fix]:
    """Let the loss say how it wants its targets."""
    yield set_data("Give targets as the loss wants", encoding="auto")


@mends("training.monitor")
def other_monitor(case: Case) -> Iterator[Fix]:
    """Make what is to be watched, or watch something else."""
    if not case.doc.data.get("validation"):
        yield set_data("Hold back 20 % for validation", validation=SHARE)
    yield _training("Watch the loss", monitor="loss")


@mends("rule.perceptron", "rule.classes", "rule.adversarial", "rule.outputs")
def gradient_descent(case: Case) -> Iterator[Fix]:
    """The rule that trains every network."""
    yield _training("Train by gradient descent", rule="gradient")


@mends("rule.flat")
def sigmoid(case: Case) -> Iterator[Fix]:
    """An activation with a slope in place of one without."""
    if case.layer is not None and case.layer.info.category == "Activation":
        yield swap(case.doc, case.name, "sigmoid")
    yield _training("Train by the perceptron rule", rule="perceptron")


@mends("graph.frozen")
def thaw(case: Case) -> Iterator[Fix]:
    """Let a layer learn again."""
    frozen = [name for name in case.report.live if case.doc.nodes[name].frozen]
    yield Fix(f"Unfreeze {title_of(case.doc, case.name)}", lambda doc: edits.freeze(doc, case.name, False))
    if len(frozen) > 1:
        yield Fix(f"Unfreeze all {len(frozen)} layers", lambda doc: _thawed(doc, frozen))


def swap(doc: Document, name: str, kind: str) -> Fix:
    """Another kind of layer in place of a node, wired alike."""
    def apply(now: Document) -> Document:
        return edits.rename(rewire.replace_kind(now, name, kind), name, "")

    return Fix(f"Put {LAYERS[kind].info.title} instead of {title_of(doc, name)}", apply)


def _thawed(doc: Document, names: list[str]) -> Document:
    for name in names:
        doc = edits.freeze(doc, name, False)
    return doc


def set_data(label: str, **values: Any) -> Fix:
    """Settings of the data as a fix."""
    return Fix(label, lambda doc: edits.set_data(doc, values))


def _training(label: str, **values: Any) -> Fix:
    return Fix(label, lambda doc: edits.set_training(doc, values))
