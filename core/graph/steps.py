"""Edits of the chain of preprocessing: add a step, change it, move it, take it out."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.errors import CoreError
from core.graph import edits
from core.graph.document import Document
from core.graph.settings import DataSettings
from core.params import Kind
from core.preprocessing import STEPS


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
