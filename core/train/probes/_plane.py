"""What the probes that draw in a plane share."""
from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.datasets import DataSpec
from core.preprocessing import Specs
from core.train.probes._base import NotApplicable

if TYPE_CHECKING:
    from core.train.session import Session

JUDGED = ("generated", "real")


def judged(session: Session) -> DataSpec:
    """What is predicted: the targets of the data, or whether a sample is real."""
    spec = session.parts.spec
    return replace(spec, classes=JUDGED) if session.network.goals[0].encoding == "real" else spec


def no_plane(session: Session) -> NotApplicable | None:
    """Why this data cannot be drawn in a plane, or None if it can."""
    spec, title = session.parts.spec, session.parts.title
    if not session.parts.planar:
        has = _has(session.parts.chain.inputs)
        return NotApplicable(f"A plane needs samples of two numbers; {title} has {has}. "
                             "Choose data such as XOR, Moons or Spiral to see the boundary.")
    if session.network.goals[0].encoding == "input":
        return NotApplicable("A network that gives its input back parts no plane; its loss says how well it does.")
    if not spec.classification and spec.targets != 1:
        return NotApplicable(f"A surface needs one number to predict; {title} has {spec.targets}.")
    return None


def _has(inputs: Specs) -> str:
    """What samples are made of that are not two numbers."""
    if any(spec.kind == "text" for spec in inputs):
        return "texts"
    if any(len(spec.shape) == 3 for spec in inputs):
        return "pictures"
    if any(len(spec.shape) == 2 for spec in inputs):
        return "series"
    count = sum(spec.width for spec in inputs)
    return "other ones" if count == 2 else f"{count:,}"
