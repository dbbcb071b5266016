"""Edits of the chain of preprocessing: add a step, change it, move it, take it out."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from core.datasets import deferred, inputs, outline, single
from core.errors import CoreError
from core.graph import edits
from core.graph.document import Document
from core.graph.preparing import step_problems
from core.graph.settings import DataSettings
from core.params import Kind
from core.preprocessing import STEPS, Specs, Step, of_stage


def steps_of(doc: Document) -> tuple[Kind, ...]:
    """The steps in their order; none if this version does not know all of them."""
    try:
        found: tuple[Kind, ...] = DataSettings.params["steps"].check(doc.data.get("steps", ()))
    except CoreError:
        return ()
    return found


def add_step(doc: Document, kind: str, place: int | None = None) -> Document:
    """Put a new step with its usual settings at `place`, by default last."""
    steps = list(steps_of(doc))
    steps.insert(len(steps) if place is None else place, Kind(kind, STEPS[kind]().config()))
    return edits.set_data(doc, {"steps": steps})


def remove_step(doc: Document, place: int) -> Document:
    """Take the step at `place` out."""
    steps = steps_of(doc)
    return edits.set_data(doc, {"steps": steps[:place] + steps[place + 1 :]})


def move_step(doc: Document, place: int, to: int) -> Document:
    """Put the step at `place` where `to` was; the others close up."""
    steps = list(steps_of(doc))
    steps.insert(to, steps.pop(place))
    return edits.set_data(doc, {"steps": steps})


def set_step(doc: Document, place: int, values: Mapping[str, Any]) -> Document:
    """Change settings of the step at `place`. Raises ParamError."""
    steps = list(steps_of(doc))
    old = steps[place]
    steps[place] = Kind(old.kind, {**old.params, **values})
    return edits.set_data(doc, {"steps": steps})


def useful(doc: Document) -> frozenset[str]:
    """The kinds of steps that one more of would do something for the data of a document; all where nobody knows."""
    try:
        data = DataSettings.known(doc.data)
        dataset, recipe = data.dataset, data.recipe
        with deferred():
            columns = single(inputs(dataset, recipe))
            for step in of_stage(recipe.steps, "columns"):
                columns = step.infer(columns)
    except CoreError:
        return frozenset(STEPS)
    whole = not any(spec.missing for spec in columns)
    idle = frozenset(kind for kind, step in STEPS.items() if (step.mends and whole)
                     or (step.stage == "columns" and not _works(step, columns)))
    try:
        with deferred():
            spec = outline(dataset, recipe)
    except CoreError:
        return frozenset(STEPS) - idle
    before = len(step_problems(dataset, recipe, spec))
    return frozenset(kind for kind, step in STEPS.items() if kind not in idle and (step.stage == "columns" or len(
        step_problems(dataset, replace(recipe, steps=(*recipe.steps, step())), spec)) <= before))


def _works(kind: type[Step], columns: Specs) -> bool:
    """True if a step has something to do, as it is when it is added or with one of the columns chosen."""
    for params in [{}, *({"columns": (spec.name,)} for spec in columns[:1] if "columns" in kind.params)]:
        try:
            step = kind(**params)
            step.infer(columns)
            if not step.idle(columns):
                return True
        except CoreError:
            continue
    return False
