"""The end of a network made anew for what the data ask for: loss, last layer, activation, all at once."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from core.datasets import DataSpec, deferred
from core.graph import edits, rewire
from core.graph.check import Report, check
from core.graph.document import Document, Edge
from core.graph.fixes._base import FLATTEN, Case, Fix, Step, insert, mends
from core.graph.goal import wants_input
from core.graph.target import THROUGH, last_dense
from core.layers import LAYERS

FIT = "Fit the Output"


@dataclass(frozen=True, slots=True)
class End:
    """How a network ends for a kind of task: its loss, how many numbers it gives, and the activation before Output
    (empty: none)."""

    loss: str
    width: int
    activation: str = ""


def end_for(spec: DataSpec) -> End:
    """The usual end for these data: two classes, several, several that are each yes or no, or numbers."""
    if spec.classification and len(spec.classes) == 2:
        return End("binary_crossentropy", 1, "sigmoid")
    if spec.classification:
        return End("sparse_categorical_crossentropy", len(spec.classes), "softmax")
    if spec.multi_label:
        return End("binary_crossentropy", spec.targets, "sigmoid")
    return End("mse", spec.targets)


def fit_output(doc: Document, report: Report) -> Document:
    """The document with every Output that predicts what the data ask for ending as is usual for them.

    `report` is that of `doc`. Without data, or where nothing is wired to an Output, it stays as it is.
    """
    spec = report.spec
    if spec is None or doc.training.get("rule") == "adversarial":
        return doc
    end = end_for(spec)
    for name in predicting(doc, report):
        doc = _fitted(doc, name, end, report)
    return doc


def predicting(doc: Document, report: Report) -> list[str]:
    """The Outputs that are compared with the targets of the data, and wired."""
    rule = str(doc.training.get("rule", ""))
    return [name for name in sorted(doc.nodes) if (layer := report.layers.get(name)) is not None
            and layer.role == "output" and not wants_input(layer, rule) and "x" in doc.sources(name)]


@mends("loss.task", "output.width", "loss.activation")
def fit(case: Case) -> Iterator[Fix]:
    """Loss, width and activation at once."""
    yield Fix(FIT, partial(_fit_checked, case.report))


def _fit_checked(report: Report, doc: Document) -> Document:
    return fit_output(doc, report)


def _fitted(doc: Document, output: str, end: End, before: Report) -> Document:
    doc = edits.set_params(doc, output, {"loss": end.loss})
    doc = _activated(doc, output, end.activation)
    with deferred():
        shapes = check(doc, before).shapes
    shape = shapes.get(output)
    if shape is None or shape == (end.width,):
        return doc
    last = last_dense(doc, output, shapes)
    if last is not None and len(shape) == 1:
        return edits.set_params(doc, last, {"units": end.width})
    steps: list[Step] = [*([FLATTEN] if len(shape) > 1 else []), ("dense", {"units": end.width})]
    return insert(doc, _before(doc, output), steps)


def _activated(doc: Document, output: str, wanted: str) -> Document:
    """The document with the activation `wanted` straight before the Output, or none."""
    doc = _without_passing(doc, output, wanted)
    before = doc.sources(output)["x"]
    kind = doc.nodes[before].kind
    if kind in LAYERS and LAYERS[kind].info.category == "Activation":
        if not wanted:
            return rewire.remove_joining(doc, [before])
        return doc if kind == wanted else edits.rename(rewire.replace_kind(doc, before, wanted), before, "")
    return insert(doc, Edge(before, output), [(wanted, {})]) if wanted else doc


def _without_passing(doc: Document, output: str, wanted: str) -> Document:
    """Without what stands between an activation and the Output and hands numbers on: the loss has to see it."""
    between, name = [], doc.sources(output)["x"]
    while doc.nodes[name].kind in THROUGH and "x" in doc.sources(name):
        between.append(name)
        name = doc.sources(name)["x"]
    kind = doc.nodes[name].kind
    active = kind in LAYERS and LAYERS[kind].info.category == "Activation"
    return rewire.remove_joining(doc, between) if between and active and wanted else doc


def _before(doc: Document, output: str) -> Edge:
    """The wire before the activation of an Output, or that to the Output."""
    before = doc.sources(output)["x"]
    kind = doc.nodes[before].kind
    if kind in LAYERS and LAYERS[kind].info.category == "Activation" and (feeding := doc.sources(before)):
        port = LAYERS[kind].inputs[0].name
        return Edge(feeding[port], before, port)
    return Edge(before, output)
