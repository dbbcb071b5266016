"""What the probes that draw in a plane share."""
from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.datasets import DataSpec
from core.preprocessing import Specs
from core.train.probes._base import NotApplicable
from core.train.slices import features

if TYPE_CHECKING:
    from core.train.session import Session

JUDGED = ("generated", "real")


def judged(session: Session) -> DataSpec:
    """What is predicted: the targets of the data, or whether a sample is real."""
    spec = session.parts.spec
    return replace(spec, classes=JUDGED) if session.network.goals[0].encoding == "real" else spec


def no_slice(session: Session) -> NotApplicable | None:
    """Why no plane can be laid through the inputs of this data, or None if one can."""
    parts, spec, title = session.parts, session.parts.spec, session.parts.title
    inputs = parts.chain.inputs
    if not parts.planar and ((what := _has(inputs)) or spec.picture is not None or spec.tokens):
        what = what or ("texts" if spec.tokens else "pictures")
        return NotApplicable(f"A plane needs samples of two or more numbers; {title} has {what}. "
                             "Choose data such as XOR, or a table with columns of numbers, to see the boundary.")
    if len(features(inputs)) < 2:
        return NotApplicable(f"A plane needs two columns of numbers; {title} has {len(features(inputs))}. "
                             "Make another column of numbers an input to see the boundary.")
    if session.network.goals[0].encoding == "input":
        return NotApplicable("A network that gives its input back parts no plane; its loss says how well it does.")
    if not spec.classification and spec.targets != 1:
        return NotApplicable(f"A surface needs one number to predict; {title} has {spec.targets}.")
    return None


def _has(inputs: Specs) -> str:
    """What samples are made of that have no columns, or nothing if they have."""
    if any(spec.kind == "text" or spec.tokens for spec in inputs):
        return "texts"
    if any(len(spec.shape) == 3 for spec in inputs):
        return "pictures"
    return "series" if any(len(spec.shape) == 2 for spec in inputs) else ""
