"""All findings about a document at once: order, shapes and problems. Causes come before consequences."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from core.datasets import DATASETS, DataSpec, needless_test
from core.errors import CoreError, Problem
from core.graph.active import active
from core.graph.document import Document, Node
from core.graph.order import loop_members, order, upstream
from core.graph.rules import rule_problems
from core.graph.settings import DataSettings, TrainingSettings
from core.graph.target import target_problems
from core.graph.watching import watching_problems
from core.graph.wires import wire_problems
from core.layers import LAYERS, Layer, Shape
from core.params import Declared


@dataclass(frozen=True, slots=True)
class Report:
    """What `check` found.

    `shapes` holds the output shape of every node that has one; `live` the nodes that lead to the output, in an
    order in which each comes after those that feed it.
    """

    shapes: Mapping[str, Shape]
    live: tuple[str, ...]
    problems: tuple[Problem, ...]
    spec: DataSpec | None
    layers: Mapping[str, Layer]

    @property
    def ok(self) -> bool:
        """True if the network can be trained."""
        return not any(p.blocks for p in self.problems)

    def of(self, node: str) -> tuple[Problem, ...]:
        """The problems at one node."""
        return tuple(p for p in self.problems if p.node == node)


def check(doc: Document) -> Report:
    """Check everything. Never raises, whatever the document holds."""
    doc = active(doc)
    spec, problems = _data(doc)
    problems += _settings(TrainingSettings, doc.training)
    layers, found = _layers(doc)
    problems += found
    names, loop = order(doc), loop_members(doc)
    if loop:
        problems.append(Problem("graph.cycle", f"These nodes form a loop: {', '.join(loop)}.", node=loop[0],
                                hint="Remove one of the wires between them."))
    problems += wire_problems(doc)
    outputs = _of_role(doc, "output")
    live = upstream(doc, outputs)
    problems += _ends(doc, names, layers, outputs, live)
    shapes, found = _shapes(doc, names, layers, spec, live)
    problems += found
    if spec is not None:
        for output in (name for name in outputs if name in layers):
            problems += target_problems(doc, output, layers, shapes, spec)
    in_order = tuple(k for k in names if k in live)
    if not any(p.blocks for p in problems):
        problems += rule_problems(doc, in_order, layers, spec)
        problems += watching_problems(doc, spec)
    problems.sort(key=lambda p: not p.blocks)
    return Report(shapes, in_order, tuple(problems), spec, layers)


def _of_role(doc: Document, role: str) -> list[str]:
    """Nodes by what they are meant to be, even if their parameters are wrong or they are part of a loop."""
    return sorted(k for k, node in doc.nodes.items() if node.kind in LAYERS and LAYERS[node.kind].role == role)


def _data(doc: Document) -> tuple[DataSpec | None, list[Problem]]:
    problems = _settings(DataSettings, doc.data)
    if problems:
        return None, problems
    data = DataSettings.known(doc.data)
    if data.validation + data.test >= 1.0:
        shares = Problem("data.shares", "Validation and test leave no samples to train on.", param="validation",
                         hint="Keep their sum below 1.")
        problems.append(shares)
    try:
        spec = DATASETS[data.source.kind](**data.source.params).spec()
    except CoreError as error:
        return None, [*problems, error.problem]
    if problem := needless_test(DATASETS[data.source.kind].info.title, spec, data.test):
        problems.append(problem)
    return spec, problems


def _settings(kind: type[Declared], values: Mapping[str, Any]) -> list[Problem]:
    known = {k: v for k, v in values.items() if k in kind.params}
    extra = [Problem("settings.unknown", f"{kind.noun}.{k}: this version has no such setting.", "warning", param=k,
                     hint="It is kept in the file, and has no effect.") for k in values if k not in known]
    try:
        kind(**known)
    except CoreError as error:
        return [replace(error.problem, message=f"{kind.noun}.{error.problem.message}"), *extra]
    return extra


def _layers(doc: Document) -> tuple[dict[str, Layer], list[Problem]]:
    layers: dict[str, Layer] = {}
    problems: list[Problem] = []
    for name, node in doc.nodes.items():
        if node.kind not in LAYERS:
            problems.append(Problem("node.kind", LAYERS.unknown(node.kind), node=name,
                                    hint="It is kept in the file. Delete the node, or open it with a newer version."))
            continue
        problems += _unknown_params(node)
        try:
            declared = LAYERS[node.kind].params
            layers[name] = LAYERS[node.kind](**{k: v for k, v in node.params.items() if k in declared})
        except CoreError as error:
            problems.append(error.problem.at(node=name))
    return layers, problems


def _unknown_params(node: Node) -> list[Problem]:
    kind = LAYERS[node.kind]
    return [Problem("param.unknown", f"{kind.info.title}: this version has no parameter {k!r}.", "warning",
                    node.id, param=k, hint="It is kept in the file, and has no effect.")
            for k in node.params if k not in kind.params]


def _ends(doc: Document, names: list[str], layers: Mapping[str, Layer], outputs: list[str],
          live: set[str]) -> list[Problem]:
    problems = []
    if not _of_role(doc, "input"):
        problems.append(Problem("graph.input", "The network has no Input.", hint="Drag an Input onto the canvas."))
    if not outputs:
        problems.append(Problem("graph.output", "The network has no Output.",
                                hint="Drag an Output onto the canvas and wire the last layer to it."))
    if outputs:
        problems += [Problem("graph.idle", f"{layers[k].info.title} leads to no Output: it is left out.", "warning",
                             k, hint="Wire it, or delete it.") for k in names if k in layers and k not in live]
    return problems


def _shapes(doc: Document, names: list[str], layers: Mapping[str, Layer], spec: DataSpec | None,
            live: set[str]) -> tuple[dict[str, Shape], list[Problem]]:
    shapes: dict[str, Shape] = {}
    problems: list[Problem] = []
    sources: dict[str, dict[str, list[str]]] = {}
    for edge in doc.edges:
        sources.setdefault(edge.target, {}).setdefault(edge.port, []).append(edge.source)
    for name in names:
        if (layer := layers.get(name)) is None:
            continue
        fed = sources.get(name, {})
        open_ports = [p.name for p in layer.inputs if p.name not in fed]
        if open_ports:
            problems += [_open(name, layer, port) for port in open_ports if name in live]
            continue
        # Which of two wires into one input was meant nobody knows.
        arriving = [shapes.get(fed[p.name][0]) if len(fed[p.name]) == 1 else None for p in layer.inputs]
        if layer.role == "input" and spec is not None:
            arriving = [spec.shape]
        if any(shape is None for shape in arriving):
            continue
        try:
            shapes[name] = layer.infer(*(s for s in arriving if s is not None))
        except CoreError as error:
            # Without data an Input has no shape to take; that there is none is said already.
            if spec is not None or layer.role != "input":
                problems.append(error.problem.at(node=name))
    return shapes, problems


def _open(name: str, layer: Layer, port: str) -> Problem:
    which = "its input" if len(layer.inputs) == 1 else f"input {port}"
    return Problem("port.open", f"{layer.info.title}: {which} is not connected.", node=name, port=port,
                   hint="Drag a wire from another node to it.")
