"""Handwritten digits, the well-known ones."""
from __future__ import annotations

from core.datasets._mnist import MnistLike
from core.kinds import Info


class Mnist(MnistLike):
    """Handwritten digits 0 to 9, centred by their mass. See `MnistLike` for shapes, scales and errors.

    Source: LeCun, Bottou, Bengio & Haffner 1998, Gradient-based learning applied to document recognition.
    """

    info = Info("mnist", "MNIST", "70,000 pictures of handwritten digits",
                category="Images", icon="image", keywords=("handwriting", "numbers", "pictures", "images", "lecun"))
    mean, deviation = 0.1307, 0.3081
    centred = 20 / 28
    names = tuple("0123456789")
