"""Which weights can be seen as pictures: the kernels of a convolution, and what the units of a first layer look for."""
from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from core.layers import Array
from core.train.probes._nearest import unit_of

if TYPE_CHECKING:
    from core.train.session import Session

KERNELS = {
    "conv1d": "W", "conv2d": "W", "conv1d_transpose": "W", "conv2d_transpose": "W", "depthwise_conv1d": "W",
    "depthwise_conv2d": "W", "separable_conv1d": "depthwise", "separable_conv2d": "depthwise",
}
# Layers behind which every number still stands for its pixel, in the same order.
IN_ORDER = {"flatten", "reshape", "identity", "dropout", "gaussian_noise", "activity_regularization", "batch_norm",
            "layer_norm", "rms_norm"}


def kind_of_pictures(session: Session, node: str) -> str:
    """What is seen of a node: "kernels", "fields" (what each unit looks for in a picture), or "" for nothing."""
    kind = unit_of(session, node).layer.info.kind
    if kind in KERNELS:
        return "kernels"
    return "fields" if kind == "dense" and _sees_pixels(session, node) else ""


def _sees_pixels(session: Session, node: str) -> bool:
    pixels, units = session.parts.spec.pixels, {unit.id: unit for unit in session.network.units}
    W = session.network.weights[node]["W"]
    if pixels is None or len(W) != math.prod(pixels):
        return False
    name = units[node].sources[0]
    while units[name].layer.info.kind in IN_ORDER and len(units[name].sources) == 1:
        name = units[name].sources[0]
    return not units[name].sources


def stacked(session: Session, node: str, array: Array) -> Array:
    """The pictures of an array that is shaped as the one that `pictured` names: (pictures, height, width, inputs).

    Of a convolution of series a picture has a row for every input channel and a column for every step, and `inputs` is
    1. Each channel of a depthwise convolution has pictures of its own, those of the first channel first.
    """
    kind = unit_of(session, node).layer.info.kind
    if kind == "dense":
        pixels = session.parts.spec.pixels
        assert pixels is not None
        return np.moveaxis(array.reshape(*pixels, -1), -1, 0)
    if kind in ("depthwise_conv2d", "separable_conv2d"):
        height, width = array.shape[:2]
        return np.moveaxis(array.reshape(height, width, 1, -1), -1, 0)
    if kind in ("depthwise_conv1d", "separable_conv1d"):
        return array.reshape(len(array), -1).T[:, None, :, None]
    return array.transpose(2, 1, 0)[..., None] if array.ndim == 3 else np.moveaxis(array, -1, 0)


def pictured(session: Session, node: str) -> str:
    """The name of the array that is seen as pictures."""
    return KERNELS.get(unit_of(session, node).layer.info.kind, "W")
