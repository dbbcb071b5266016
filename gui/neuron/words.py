"""Numbers and formulas as a person writes them."""
from __future__ import annotations

import math

from core.train.probes.neuron import Neuron
from gui.plots.numbers import MINUS, NOTHING, fixed

# Sums of more than WRITTEN inputs are not written out.
WRITTEN = 4


def number(value: float) -> str:
    """Three or four signs that matter: 0.5300, −1.200, 12.34, 1.20e−5."""
    if not math.isfinite(value):
        return NOTHING
    size = abs(value)
    if size == 0:
        return "0"
    if size < 0.001 or size >= 100_000:
        return f"{value:.2e}".replace("-", MINUS).replace(f"e{MINUS}0", f"e{MINUS}").replace("e+0", "e")
    return fixed(value, 4 if size < 1 else 3 if size < 10 else 2 if size < 100 else 1)


def short(value: float) -> str:
    """The same in two digits behind the point, for formulas."""
    return fixed(value, 2) if value == 0 or 0.01 <= abs(value) < 1000 or not math.isfinite(value) else number(value)


def factor(value: float) -> str:
    """A number that something is multiplied with: in brackets if it is negative."""
    return f"({short(value)})" if value < 0 else short(value)


def formula(found: Neuron) -> str:
    """ "z = 0.53·x1 − 1.20·x2 + 0.10", with the present weights; of many inputs "z = w · x + b"."""
    added = found.sum
    if found.inside is not None:
        return found.inside.formula
    if added is None:
        return found.formula
    count = len(added.terms) + added.others
    if count > WRITTEN:
        return f"z = w₁·x₁ + … + w{_below(count)}·x{_below(count)}" + (" + b" if added.bias is not None else "")
    text = ""
    for term in added.terms:
        sign = " + " if text else ""
        if term.weight < 0:
            sign = f" {MINUS} " if text else MINUS
        text += f"{sign}{short(abs(term.weight))}·{term.name}"
    if added.bias is not None:
        text += f" {MINUS if added.bias < 0 else '+'} {short(abs(added.bias))}"
    return f"z = {text}"


def call(found: Neuron) -> str:
    """ "a = tanh(z)"."""
    name = found.behind.activation
    return f"a = {name.lower() if name.istitle() else name}({symbol(found)})"


def symbol(found: Neuron) -> str:
    """What its number is called: z for a sum."""
    return "z" if found.sum is not None else found.inside.symbol if found.inside is not None else "y"


def place(found: Neuron) -> str:
    """Where on its map the number stands, counted from 1; empty if there is only one."""
    if not found.place:
        return ""
    return ", ".join(str(axis + 1) for axis in found.place) + " of " + " × ".join(map(str, found.places))


def _below(count: int) -> str:
    return str(count).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))
