"""Gradient descent on mini-batches."""
from __future__ import annotations

from core.train.rules._descent import Descent


class GradientDescent(Descent):
    """Every Output is compared with the targets of the data.

    Source: Rumelhart, Hinton & Williams 1986, Learning representations by back-propagating errors.
    """

    id = "gradient"
