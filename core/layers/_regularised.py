"""What layers share whose weights can be kept small."""
from __future__ import annotations

from core.layers._base import Layer
from core.params import Float


class Regularised(Layer):
    """A layer whose `decays` are held back one by one; the settings of the training act on top.

    `l1` and `l2` add l1 * sum(|w|) + l2 * sum(w^2) to what is made small, as Keras's kernel_regularizer (PyTorch's
    weight_decay is 2 * l2). After every step `max_norm` shortens the weights that lead to one unit to that Euclidean
    length, as Keras's MaxNorm over all axes but the last. Source: Srivastava et al. 2014, section 5.1 (max-norm).
    """

    l1 = Float(default=0.0, low=0.0, high=100.0, log=True, advanced=True, label="L1",
               doc="Adds l1 * sum(|w|) over the weights of this layer, without biases; 0 turns it off.")
    l2 = Float(default=0.0, low=0.0, high=100.0, log=True, advanced=True, label="L2",
               doc="Adds l2 * sum(w^2) over the weights of this layer, without biases; 0 turns it off.")
    max_norm = Float(default=0.0, low=0.0, high=1e6, log=True, advanced=True, label="Max-norm",
                     doc="Longest length of the weights that lead to one unit; 0 turns it off.")
