"""Which colour and which digits a number gets: signed ones around zero, shares by their power of ten."""
from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gui.plots import numbers, picture
from gui.plots.picture import Colours
from gui.theme.diverging import diverging_lut, sequential_lut
from gui.theme.tokens import Tokens

# Powers of ten between which shares have colours: a step that changes a weight by a thousandth is in the middle.
LEAST, MOST = -5.0, -1.0
HEALTHY = 1e-3, 10.0**0.5
SHARES = [(0.0, "10⁻⁵"), (0.5, "10⁻³"), (1.0, "10⁻¹")]


@dataclass(frozen=True, slots=True)
class Shades:
    """The colours of numbers: of a `quantity` whose largest size is `scale`, rounded up."""

    quantity: str
    scale: float

    @classmethod
    def of(cls, quantity: str, largest: float) -> Shades:
        """For numbers of which none is larger."""
        return cls(quantity, numbers.limit(largest))

    @property
    def shares(self) -> bool:
        """True for what has no sign and spans powers of ten."""
        return self.quantity == "step"

    def table(self, tokens: Tokens) -> Colours:
        """The colours, and one more for what is not a number."""
        made = sequential_lut("viridis", picture.LEVELS) if self.shares else diverging_lut(tokens, picture.LEVELS)
        return picture.with_gap(made, tokens.plot_grid)

    def codes(self, values: NDArray[np.floating]) -> NDArray[np.intp]:
        """The place of every number in the table."""
        if not self.shares:
            return picture.levels(values, -self.scale, self.scale)
        with np.errstate(all="ignore"):
            return picture.levels(np.log10(values), LEAST, MOST)

    def marks(self) -> list[tuple[float, str]]:
        """What stands beside the colours."""
        if self.shares:
            return SHARES
        return [(0.0, numbers.MINUS + self._end()), (0.5, "0"), (1.0, self._end())]

    def _end(self) -> str:
        if self.scale < 1e-3:
            return brief(self.scale)
        return numbers.fixed(self.scale, numbers.places(self.scale) if self.scale < 1 else 1)

    def write(self, value: float) -> str:
        """A number as it stands in a cell."""
        if self.shares or self.scale < 5e-3:
            return brief(value)
        return numbers.fixed(value, self._digits())

    @property
    def sample(self) -> str:
        """No number in a cell is longer."""
        if self.shares or self.scale < 5e-3:
            return f"{numbers.MINUS}0.0e{numbers.MINUS}00"
        return f"{numbers.MINUS}{'0' * len(str(int(self.scale)))}.{'0' * self._digits()}"

    def _digits(self) -> int:
        return 2 if self.scale >= 0.5 else 2 - math.floor(math.log10(2 * self.scale))

    def read(self, value: float) -> str:
        """A number as the caption tells it."""
        return brief(value) if self.shares or 0 < abs(value) < 1e-3 else numbers.fixed(value, 4)


def brief(value: float) -> str:
    """Two digits and a power of ten, such as 1.2e−3."""
    if not math.isfinite(value):
        return numbers.NOTHING
    if value == 0:
        return "0"
    mantissa, power = f"{value:.1e}".split("e")
    return f"{mantissa}e{int(power)}".replace("-", numbers.MINUS)


def judged(ratio: float) -> str:
    """How much of an array one step changes, in words: the ratio of lengths, about 1e-3 where all is well.

    Source: Karpathy 2016, CS231n notes, Neural Networks Part 3 ("Ratio of weights:updates").
    """
    middle, factor = HEALTHY
    if not math.isfinite(ratio):
        return "no share: the weights are zero"
    if ratio < middle / factor**2:
        return f"{brief(ratio)}, little"
    return f"{brief(ratio)}, much" if ratio > middle * factor**2 else f"{brief(ratio)}, healthy"
