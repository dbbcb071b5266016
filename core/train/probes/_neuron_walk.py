"""One step of a recurrent layer, as the engine left it, and what comes back to it from the steps behind."""
from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from core.layers import Array
from core.layers._recurrent import Recurrent
from core.train.probes._neuron_inside import Line, result, term
from core.train.probes._neuron_place import Place


@dataclass(frozen=True)
class Step:
    """Step `t` of the walk of one unit, `t` counted the way that the layer walks; `place` is the number it gives."""

    place: Place
    layer: Recurrent
    t: int

    @property
    def back(self) -> bool:
        """True for a unit that reads the sequence from its end."""
        return self.place.number >= self.layer.units

    @property
    def unit(self) -> int:
        """Which of the units of its direction."""
        return self.place.number % self.layer.units

    def shown(self, name: str) -> Array:
        """What the layer shows, without the axis of samples: (..., time, units), in the order of the walk."""
        found = self.place.tape.shown[self.place.unit.id][f"{name}{' back' if self.back else ''}"]
        return found[..., 0, :]

    def weights(self, name: str) -> Array:
        """W (features, gates, units), U (units, gates, units) or b ([2,] gates, units) of the direction."""
        array = self.place.weights[f"{name}{'_back' if self.back else ''}"]
        return array.reshape(*array.shape[:-1], self.layer.gates, self.layer.units)

    @cached_property
    def states(self) -> Array:
        """The states before each step and after the last: (time + 1, units)."""
        return self.shown("states")

    @property
    def time(self) -> int:
        """How many steps there are."""
        return len(self.states) - 1

    @cached_property
    def x(self) -> Array:
        """What the step reads: (features,)."""
        found: Array = self.place.x[self.time - 1 - self.t if self.back else self.t].astype(np.float64)
        return found

    @cached_property
    def padding(self) -> Array:
        """Which steps are padding: (time,)."""
        if not self.layer.masked:
            return np.zeros(self.time, np.bool_)
        found = self.place.tape.shown[self.place.unit.id][f"padding{' back' if self.back else ''}"]
        return found[:, 0, 0]

    @property
    def delivered(self) -> bool:
        """True if the output holds the state after this step."""
        if self.layer.return_sequences:
            return not self.padding[self.t]
        return bool(self.padding[self.t + 1 :].all())

    @property
    def next(self) -> Step | None:
        """The step that reads the state: padding lets it pass."""
        behind = np.flatnonzero(~self.padding[self.t + 1 :])
        return replace(self, t=self.t + 1 + int(behind[0])) if len(behind) else None

    @property
    def h(self) -> float:
        """The state after the step."""
        return float(self.states[self.t + 1, self.unit])

    def added(self, of: int, *, product: str, bias: int | None = None) -> float:
        """One share of the sum of a gate: "x" · W, "h" before · U, or the bias "b"."""
        if product == "x":
            return float(self.x @ self.weights("W")[:, of, self.unit])
        if product == "h":
            return float(self.states[self.t].astype(np.float64) @ self.weights("U")[:, of, self.unit])
        b = self.weights("b")
        return float(b[of, self.unit] if b.ndim == 2 else b[:, of, self.unit].sum() if bias is None
                     else b[bias, of, self.unit])

    def gate(self, of: int) -> tuple[tuple[Line, Line, Line], float]:
        """What is added up for one gate, and the sum."""
        shares = [self.added(of, product=product) for product in "xhb"]
        x, h, b = shares
        return (term("x · W", x), term("h before · U", h, brief="h · U"), term("bias b", b)), math.fsum(shares)

    @property
    def sloping(self) -> bool:
        """True if a gradient comes here."""
        return self.place.unit.id in self.place.tape.slopes

    @property
    def arriving(self) -> float:
        """The gradient that comes from the readers of the state."""
        if not self.delivered:
            return 0.0
        if not self.layer.return_sequences:
            return self.place.slope
        at = self.time - 1 - self.t if self.back else self.t
        return float(self.place.tape.slopes[self.place.unit.id][0, at, self.place.number])

    def sent(self, slopes: Array, order: Sequence[int]) -> float:
        """What the gradients (gates, time, units) of this step's h before · U send to it; `order` is that of U."""
        return float((self.weights("U")[self.unit, list(order)] * slopes[:, self.t]).sum(dtype=np.float64))

    def arrivals(self, sent: float) -> tuple[tuple[Line, ...], float]:
        """dL/dh, and the lines that make it of what the readers send; `sent` comes from the next step."""
        found = self.arriving + sent
        if self.next is None and self.delivered:
            return (), found
        return (term("from the next step", sent, brief="next step"), result("dL/dh", found)), found
