"""Training to give the input back."""
from __future__ import annotations

from core.train.rules._descent import Descent


class Autoencoder(Descent):
    """Gradient descent where every Output that does not say otherwise is compared with the input itself.

    Source: Hinton & Salakhutdinov 2006, Reducing the dimensionality of data with neural networks.
    """

    id = "autoencoder"
