"""What the network says about a sample that somebody made up."""
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from core.datasets import typed
from core.errors import CoreError
from core.train.prediction import Prediction, predict
from core.train.probes._base import NotApplicable, Probe

if TYPE_CHECKING:
    from core.train.session import Session


def compute(session: Session, row: tuple[tuple[str, Any], ...]) -> Prediction | NotApplicable:
    """`row` holds a value by the name of each input column: a number, a word or a text; of an array its bytes as
    float32."""
    shapes = {spec.name: spec.shape for spec in session.parts.chain.inputs}
    values = {name: np.frombuffer(value, np.float32) if isinstance(value, bytes) and shapes.get(name) else value
              for name, value in row}
    try:
        return predict(session, typed(values, session.parts.chain.inputs))
    except CoreError as error:
        return NotApplicable(error.problem.text)


PROBE = Probe("prediction", compute)
