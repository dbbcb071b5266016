"""What one step of attention gathers: scores, their softmax, the values that are weighted with it, and the way back."""
from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.layers import Array
from core.layers._attending import Attending
from core.train.probes._neuron_inside import Inside, Line, product, result, term, title
from core.train.probes._neuron_place import Place

FORMULAS = {
    "multi_head_attention": "y = heads · W_out + b\nhead = softmax(q · k / √d) · v",
    "cross_attention": "y = heads · W_out + b\nhead = softmax(q · k / √d) · v",
}
# So many of the steps that are looked at are named, those that count most; and so many heads.
STEPS, HEADS = 6, 8


@dataclass(frozen=True)
class Gathering:
    """One feature of what a step gathers. Everything is by heads: `attention` and `scores` (heads, steps)."""

    place: Place
    layer: Attending

    @property
    def at(self) -> int:
        """The step that looks."""
        return self.place.place[0]

    @cached_property
    def inputs(self) -> tuple[Array, ...]:
        """The sequences, each (1, time, features)."""
        return tuple(self.place.tape.values[source].astype(np.float64) for source in self.place.unit.sources)

    @cached_property
    def weights(self) -> dict[str, Array]:
        """The weights by name."""
        return {name: array.astype(np.float64) for name, array in self.place.weights.items()}

    @cached_property
    def attention(self) -> Array:
        """How much the step looks at each step."""
        found: Array = self.layer.attention(self.weights, *self.inputs)[0, :, self.at]
        return found

    @cached_property
    def scores(self) -> Array:
        """q · k / √d."""
        q, k = (self._by_head(a[0]) for a in self.layer.queries_and_keys(self.weights, *self.inputs))
        return np.asarray(np.einsum("hd,shd->hs", q[self.at], k) / math.sqrt(q.shape[-1]))

    @cached_property
    def values(self) -> Array:
        """v (steps, heads, width): the last columns of what the looked-at sequence becomes."""
        name = "in" if "W_in" in self.weights else "memory"
        W, width = self.weights[f"W_{name}"], len(self.weights["W_out"])
        found = self.inputs[-1][0] @ W[:, -width:]
        return self._by_head(found + self.weights[f"b_{name}"][-width:] if f"b_{name}" in self.weights else found)

    @cached_property
    def brought(self) -> Array:
        """What the value of each step is for this feature (heads, steps): v · W_out."""
        return _along(self.values, self._by_head(self.weights["W_out"][:, self.place.number]))

    @cached_property
    def gathered(self) -> Array:
        """What each head adds (heads,)."""
        found: Array = (self.attention * self.brought).sum(axis=1)
        return found

    @cached_property
    def pulls(self) -> Array:
        """The gradients of the loss by the attention (heads, steps), from all features of the step."""
        slopes = self.place.tape.slopes[self.place.unit.id][0, self.at].astype(np.float64)
        back = self.weights["W_out"] @ slopes
        return _along(self.values, self._by_head(back))

    def _by_head(self, a: Array) -> Array:
        return a.reshape(*a.shape[:-1], self.layer.num_heads, -1)


def attended(place: Place) -> Inside:
    """How a step of attention computes one of its features. The head that adds most is told in full."""
    layer = place.unit.layer
    assert isinstance(layer, Attending)
    found, formula = Gathering(place, layer), FORMULAS[place.kind]
    if layer.masked and not found.inputs[0][0, found.at].any():
        return Inside("y", formula, (Line("padding", text="stays 0"), result("y", place.y)), (), place.y)
    head = int(np.abs(found.gathered).argmax())
    most = np.argsort(-found.attention[head], kind="stable")[:STEPS]
    seen = sorted(int(step) for step in most if found.attention[head, step] > 0.0)
    forward = (*_looking(found, head, seen), *_gathering(found, head, seen), *_adding(found))
    return Inside("y", formula, forward, () if math.isnan(place.slope) else _back(found, head, seen), place.y)


def _looking(found: Gathering, head: int, seen: list[int]) -> tuple[Line, ...]:
    scores, attention = found.scores[head], found.attention[head]
    return (title(f"Head {head + 1}, scores q · k / √d"), *(Line(_step(step), float(scores[step])) for step in seen),
            title("Attention = softmax(scores)"), *(Line(_step(step), float(attention[step])) for step in seen))


def _gathering(found: Gathering, head: int, seen: list[int]) -> tuple[Line, ...]:
    shares = [term(_step(step), found.attention[head, step] * found.brought[head, step], found.attention[head, step],
                   found.brought[head, step]) for step in seen]
    left = found.attention.shape[1] - len(seen)
    if left:
        shares.append(term(f"{left:,} more", found.gathered[head] - math.fsum(share.value for share in shares)))
    return title("Attention · value"), *shares, result(f"head {head + 1}", found.gathered[head])


def _adding(found: Gathering) -> tuple[Line, ...]:
    order = np.argsort(-np.abs(found.gathered), kind="stable")
    heads = [term(f"head {head + 1}", found.gathered[head]) for head in sorted(order[:HEADS].tolist())]
    if len(order) > HEADS:
        heads.append(term(f"{len(order) - HEADS:,} more", found.gathered[order[HEADS:]].sum()))
    if "b_out" in found.weights:
        heads.append(term("bias b", found.weights["b_out"][found.place.number]))
    return title("All heads"), *heads, result("y", found.place.y)


def _back(found: Gathering, head: int, seen: list[int]) -> tuple[Line, ...]:
    """Through the softmax: dL/dscore = A (dL/dA − the mean of dL/dA, weighted with A)."""
    attention, pulls = found.attention[head], found.pulls[head]
    mean = float((attention * pulls).sum())
    away = (product(_step(step), "", attention[step], pulls[step] - mean) for step in seen)
    return (title(f"Head {head + 1}, dL/dA by attention A"), *(Line(_step(step), float(pulls[step])) for step in seen),
            Line("mean, weighted with A", mean),
            title("dL/dscore = A · (dL/dA − mean)"), *away)


def _along(values: Array, way: Array) -> Array:
    """The products of values (steps, heads, width) with one row for each head: (heads, steps)."""
    return np.asarray(np.einsum("shd,hd->hs", values, way))


def _step(step: int) -> str:
    return f"step {step + 1:,}"
