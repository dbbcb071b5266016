"""All findings about a document at once: order, shapes and problems. Causes come before consequences."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from core.datasets import DataSpec, needless_test, outline, remarks, split_problems
from core.errors import CoreError, Problem
from core.graph.active import active
from core.graph.document import Document
from core.graph.preparing import learning_problems, step_problems
from core.graph.rules import rule_problems
from core.graph.settings import DataSettings, TrainingSettings
from core.graph.shapes import Inferred, Made, infer, make
from core.graph.structure import Structure, structure
from core.graph.target import target_problems
from core.graph.watching import watching_problems
from core.graph.wiring import wiring
from core.graph.words import word_problems
from core.layers import Layer, Shape
from core.params import EMPTY, Declared


@dataclass(frozen=True, slots=True)
class Trail:
    """What a check worked out on its way, for the next one."""

    made: Mapping[str, Made] = field(default_factory=lambda: EMPTY)
    inferred: Mapping[str, Inferred] = field(default_factory=lambda: EMPTY)
    structure: Structure | None = None
    data: Surveyed | None = None


@dataclass(frozen=True, slots=True)
class Surveyed:
    """What was found out about these settings of the data."""

    settings: Mapping[str, Any]
    spec: DataSpec | None
    problems: tuple[Problem, ...]


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
    trail: Trail = field(default_factory=Trail, repr=False, compare=False)

    @property
    def ok(self) -> bool:
        """True if the network can be trained."""
        return not any(p.blocks for p in self.problems)

    def of(self, node: str) -> tuple[Problem, ...]:
        """The problems at one node."""
        return tuple(p for p in self.problems if p.node == node)


def check(doc: Document, before: Report | None = None) -> Report:
    """Check everything. Never raises, whatever the document holds.

    What an edit left as it was is taken from the report `before` it: only new and changed nodes are made anew, and
    only where other shapes arrive are shapes inferred again. The findings are the same without it, unless files have
    changed: what is known about data that can be used is not asked for again.
    """
    doc, trail = active(doc), before.trail if before is not None else Trail()
    data = trail.data if trail.data is not None and trail.data.settings is doc.data else _data(doc)
    spec, problems = data.spec, [*data.problems]
    problems += _settings(TrainingSettings, doc.training)
    made = make(doc, trail.made)
    layers = {name: one.layer for name, one in made.items() if one.layer is not None}
    problems += [problem for one in made.values() for problem in one.problems]
    form = structure(doc, trail.structure)
    problems += form.problems
    problems += _ends(form, layers)
    inferred = infer(doc, form.names, layers, spec, trail.inferred)
    shapes = {name: one.given for name, one in inferred.items() if not isinstance(one.given, Problem)}
    problems += _unshaped(doc, form, layers, spec, inferred)
    if spec is not None:
        for output in (name for name in form.outputs if name in layers):
            problems += target_problems(doc, output, layers, shapes, spec)
        problems += word_problems(doc, tuple(name for name in form.in_order if name in shapes), layers, spec)
    if not any(p.blocks for p in problems):
        problems += rule_problems(doc, form.in_order, layers, spec)
        problems += watching_problems(doc, spec)
        if spec is not None and doc.data.get("steps"):
            problems += learning_problems(doc, form.in_order, layers, DataSettings.known(doc.data).recipe, spec)
    problems.sort(key=lambda p: not p.blocks)
    usable = spec is not None and not any(p.blocks for p in data.problems)
    return Report(shapes, form.in_order, tuple(problems), spec, layers,
                  Trail(made, inferred, form, data if usable else None))


def _data(doc: Document) -> Surveyed:
    spec, problems = _looked_at(doc)
    return Surveyed(doc.data, spec, tuple(problems))


def _looked_at(doc: Document) -> tuple[DataSpec | None, list[Problem]]:
    problems = _settings(DataSettings, doc.data)
    if any(problem.blocks for problem in problems):
        return None, problems
    data = DataSettings.known(doc.data)
    if data.kept <= 0.0:
        shares = Problem("data.shares", "Validation and test leave no samples to train on.", param="validation",
                         hint="Keep their sum below 1.")
        problems.append(shares)
    try:
        dataset = data.dataset
        problems += split_problems(dataset, data.recipe)
        problems += remarks(dataset, data.recipe)
        spec = outline(dataset, data.recipe)
    except CoreError as error:
        return None, [*problems, error.problem]
    if problem := needless_test(dataset.title, spec, data.test):
        problems.append(problem)
    if problem := dataset.missing():
        problems.append(problem)
    return spec, problems + step_problems(dataset, data.recipe, spec)


def _settings(kind: type[Declared], values: Mapping[str, Any]) -> list[Problem]:
    known = {k: v for k, v in values.items() if k in kind.params}
    extra = [Problem("settings.unknown", f"{kind.noun}.{k}: this version has no such setting.", "warning", param=k,
                     hint="It is kept in the file, and has no effect.") for k in values if k not in known]
    try:
        kind(**known)
    except CoreError as error:
        return [replace(error.problem, message=f"{kind.noun}.{error.problem.message}"), *extra]
    return extra


def _ends(form: Structure, layers: Mapping[str, Layer]) -> list[Problem]:
    problems = []
    if not form.inputs:
        problems.append(Problem("graph.input", "The network has no Input.", hint="Drag an Input onto the canvas."))
    if not form.outputs:
        problems.append(Problem("graph.output", "The network has no Output.",
                                hint="Drag an Output onto the canvas and wire the last layer to it."))
    if form.outputs:
        problems += [Problem("graph.idle", f"{layers[k].info.title} leads to no Output: it is left out.", "warning",
                             k, hint="Wire it, or delete it.")
                     for k in form.names if k not in form.live and k in layers]
    return problems


def _unshaped(doc: Document, form: Structure, layers: Mapping[str, Layer], spec: DataSpec | None,
              inferred: Mapping[str, Inferred]) -> Iterable[Problem]:
    ports = wiring(doc.edges).ports
    for name in form.names:
        if (layer := layers.get(name)) is None:
            continue
        if name in inferred:
            given = inferred[name].given
            # Without data an Input has no shape to take; that there is none is said already.
            if isinstance(given, Problem) and (spec is not None or layer.role != "input"):
                yield given
        elif name in form.live or not form.outputs:
            fed = ports.get(name, EMPTY)
            yield from (_open(name, layer, port.name) for port in layer.inputs if port.name not in fed)


def _open(name: str, layer: Layer, port: str) -> Problem:
    which = "its input" if len(layer.inputs) == 1 else f"input {port}"
    return Problem("port.open", f"{layer.info.title}: {which} is not connected.", node=name, port=port,
                   hint="Drag a wire from another node to it.")
