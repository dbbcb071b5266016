"""The states of a recurrent layer over time, also where its output is the last one only."""
from __future__ import annotations

from typing import Any

import numpy as np

from core.engine.plan import Unit
from core.layers import Array, Frame
from core.layers._recurrent import Recurrent
from core.train.session import Session


def walked_states(session: Session, unit: Unit, x: Array) -> Array:
    """The state of every unit after every step of one sequence x (time, features), in evaluation: (time, units), in
    the order of the sequence, the units that read it from its end behind the others. What is padding is NaN."""
    layer, shown = unit.layer, dict[str, Array]()
    assert isinstance(layer, Recurrent)

    def scratch(shape: tuple[int, ...], dtype: Any = None, *, reuse: bool = False) -> Array:
        return np.empty(shape, dtype or x.dtype)

    frame = Frame(xs=(x[None],), y=np.empty((1, *unit.shape), x.dtype), dxs=(None,), dy=np.empty(0, x.dtype),
                  gradient=False, weights=session.network.weights[unit.id], grads={}, state={}, train=False,
                  rng=np.random.default_rng(0), scratch=scratch, show=shown.__setitem__)
    with np.errstate(all="ignore"):
        layer.bind(frame)[0]()
    states = shown["states"][1:, 0]
    if layer.bidirectional:
        states = np.concatenate([states, shown["states back"][:0:-1, 0]], axis=1)
    padding = shown["padding"][:, 0] if layer.masked else np.zeros((len(x), 1), np.bool_)
    return np.where(padding, np.nan, states)
