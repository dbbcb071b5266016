"""What goes on inside a layer that is no weighted sum, line by line."""
from __future__ import annotations

import math
from dataclasses import dataclass

from core.train.references import NeuronRef

# What a line is: the title of what follows, something that is added up, a number on the way, or what comes out.
TITLE, TERM, VALUE, RESULT = "title", "term", "value", "result"


@dataclass(frozen=True, slots=True)
class Line:
    """`name` = `formula`, which is `value`: the product of `factors` if there are any. `neuron` is where it comes from,
    if that is one's. A title has no value, and a text may stand for one. `brief` is a shorter name."""

    name: str
    value: float = 0.0
    formula: str = ""
    factors: tuple[float, ...] = ()
    role: str = VALUE
    neuron: NeuronRef | None = None
    text: str = ""
    brief: str = ""


@dataclass(frozen=True, slots=True)
class Inside:
    """The way to a number, `symbol`, and back from it. `formula` says in short what is computed.

    If the number is not `delivered` nothing behind the layer reads it: it is a state on the way. `joined` is what comes
    to its gradient beside what its readers send back, and the sum.
    """

    symbol: str
    formula: str
    forward: tuple[Line, ...]
    back: tuple[Line, ...]
    value: float
    delivered: bool = True
    joined: tuple[Line, ...] = ()

    @property
    def back_slope(self) -> float:
        """The gradient of the loss by the number; NaN if there is none."""
        return self.joined[-1].value if self.joined else math.nan


def title(name: str) -> Line:
    """The title of the lines below it."""
    return Line(name, role=TITLE)


def term(name: str, value: float, *factors: float, neuron: NeuronRef | None = None, brief: str = "") -> Line:
    """Something that is added up."""
    return Line(name, float(value), factors=tuple(map(float, factors)), role=TERM, neuron=neuron, brief=brief)


def product(name: str, formula: str, *factors: float, role: str = VALUE) -> Line:
    """A product with its factors."""
    value = 1.0
    for factor in factors:
        value *= float(factor)
    return Line(name, value, formula, tuple(map(float, factors)), role)


def result(name: str, value: float, formula: str = "") -> Line:
    """What comes out of the lines above it."""
    return Line(name, float(value), formula, role=RESULT)
