"""Articles of clothing, in the form of MNIST."""
from __future__ import annotations

from core.datasets._mnist import MnistLike
from core.kinds import Info


class FashionMnist(MnistLike):
    """Photographs of clothing, harder to tell apart than digits. See `MnistLike` for shapes, scales and errors.

    Source: Xiao, Rasul & Vollgraf 2017, arXiv:1708.07747.
    """

    info = Info("fashion_mnist", "Fashion-MNIST", "70,000 pictures of clothing",
                category="Images", icon="image", keywords=("clothes", "zalando", "pictures", "images"))
    mean, deviation = 0.2860, 0.3530
    names = ("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot")
