"""Fixes for the two ends of a network: Input, Output, how many numbers arrive there, and the loss."""
from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial

from core.graph import edits, rewire
from core.graph.document import Document, Edge, Node
from core.graph.fixes._base import (
    ACROSS,
    FLATTEN,
    Case,
    Fix,
    Step,
    free_place,
    insert,
    mends,
    reshaping,
    role_of,
    setting,
    step_title,
    units,
)
from core.graph.fixes._settings import swap
from core.graph.goal import output_loss, wanted_width, wants_input
from core.graph.naming import title_of
from core.graph.target import THROUGH, last_dense
from core.layers import LAYERS, Shape
from core.losses import LOSSES

# In the order in which they are offered.
USUAL = ("sparse_categorical_crossentropy", "binary_crossentropy", "mse")


@mends("graph.input")
def add_input(case: Case) -> Iterator[Fix]:
    """Add an Input, wired to the one node that waits for it; or wire the one there is."""
    waiting = [(p.node, p.port or "") for p in case.report.problems if p.code == "port.open" and p.node]
    inputs = [name for name, node in case.doc.nodes.items() if role_of(node) == "input"]
    if inputs:
        return
    targets = waiting if len(waiting) == 1 else []
    at = [case.doc.nodes[node].position for node, _ in targets] or [n.position for n in case.doc.nodes.values()]
    x, y = min(at, default=(ACROSS, 0.0))

    def apply(doc: Document) -> Document:
        name = edits.fresh_id(doc, "input")
        doc = edits.add_node(doc, Node(name, "input", position=free_place(doc, x - ACROSS, y)))
        for node, port in targets:
            doc = edits.connect(doc, Edge(name, node, port))
        return doc

    yield Fix("Add an Input", apply)


@mends("graph.output")
def add_output(case: Case) -> Iterator[Fix]:
    """Add an Output behind the last layer, with the loss that fits the data."""
    doc, spec = case.doc, case.report.spec
    feeding = {edge.source for edge in doc.edges}
    ends = [name for name in doc.nodes if name not in feeding and name in case.report.shapes]
    last = max(ends, key=lambda name: doc.nodes[name].position, default=None)
    classes = len(spec.classes) if spec is not None and spec.classification else 0
    loss = "mse"
    if classes and last is not None:
        loss = USUAL[1] if case.report.shapes[last] == (1,) and classes == 2 else USUAL[0]
    x, y = doc.nodes[last].position if last else max((n.position for n in doc.nodes.values()), default=(-ACROSS, 0.0))

    def apply(now: Document) -> Document:
        name = edits.fresh_id(now, "output")
        now = edits.add_node(now, Node(name, "output", {"loss": loss}, free_place(now, x + ACROSS, y)))
        return edits.connect(now, Edge(last, name)) if last is not None else now

    yield Fix("Add an Output", apply)


@mends("output.width")
def match_width(case: Case) -> Iterator[Fix]:
    """As many numbers as are compared: by the units of the last Dense layer, or by another one."""
    wanted = _wanted(case)
    shape = case.report.shapes.get(case.name)
    edge = case.wire(case.name, "x")
    if wanted is None or shape is None or edge is None:
        return
    count = math.prod(wanted)
    last = last_dense(case.doc, case.name, case.report.shapes)
    if last is not None and len(shape) == len(wanted) == 1:
        yield setting(f"Set {title_of(case.doc, last)} to {units(count)}", last, units=count)
    steps: list[Step] = [] if len(shape) == 1 else [FLATTEN]
    if math.prod(shape) != count:
        steps.append(("dense", {"units": count}))
    if len(wanted) > 1:
        steps.append(reshaping(wanted))
    if math.prod(shape) == count:
        steps = [reshaping(wanted)]
    place = _before_activation(case, edge) if len(shape) == 1 else edge
    label = " and ".join(step_title(step) for step in steps)
    yield Fix(f"Insert {label}", partial(insert, edge=place, steps=steps))


@mends("loss.task", "output.width")
def other_loss(case: Case) -> Iterator[Fix]:
    """A loss that fits what it compares."""
    for kind in USUAL:
        if kind in LOSSES and case.node is not None and case.node.params["loss"].kind != kind:
            yield setting(f"Choose {LOSSES[kind].info.title}", case.name, loss=kind)


@mends("loss.activation")
def fitting_activation(case: Case) -> Iterator[Fix]:
    """The activation that the loss wants, straight before Output."""
    loss, before = output_loss(case.report.layers[case.name]), case.wire(case.name, "x")
    if before is None:
        return
    name, between = before.source, []
    while case.report.layers[name].info.kind in THROUGH:
        between.append(name)
        name = case.doc.sources(name)["x"]
    if case.doc.nodes[name].kind == loss.activation:
        titles = " and ".join(title_of(case.doc, n) for n in between)
        yield Fix(f"Delete {titles}", partial(rewire.remove_joining, ids=between))
    else:
        yield swap(case.doc, name, loss.activation)
    fitting = next((k for k in USUAL if k in LOSSES and LOSSES[k].activation == case.doc.nodes[name].kind), None)
    if fitting is not None and not between:
        yield setting(f"Choose {LOSSES[fitting].info.title}", case.name, loss=fitting)


@mends("graph.weights")
def add_dense(case: Case) -> Iterator[Fix]:
    """A layer that can learn, before Output."""
    for output in case.outputs:
        edge, shape = case.wire(output, "x"), case.report.shapes.get(output)
        if edge is not None and shape is not None:
            step: Step = ("dense", {"units": shape[-1]})
            put = partial(insert, edge=_before_activation(case, edge), steps=[step])
            yield Fix(f"Insert {step_title(step)}", put)


def _wanted(case: Case) -> Shape | None:
    """The shape that an Output should get."""
    layer, spec, rule = case.layer, case.report.spec, str(case.doc.training.get("rule", ""))
    if layer is None or spec is None:
        return None
    if rule == "adversarial":
        return (1,)
    return spec.shape if wants_input(layer, rule) else (wanted_width(output_loss(layer), spec),)


def _before_activation(case: Case, edge: Edge) -> Edge:
    """The wire that leads to the activation before `edge`, or `edge` itself if there is none."""
    kind = case.doc.nodes[edge.source].kind
    if kind in LAYERS and LAYERS[kind].info.category == "Activation":
        return case.wire(edge.source, LAYERS[kind].inputs[0].name) or edge
    return edge
