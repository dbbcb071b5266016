"""Images made larger, by repetition or by straight lines between the places."""
from __future__ import annotations

import numpy as np

from core.layers._base import Array, Frame, Pass


def repeat(frame: Frame, down: int, right: int) -> tuple[Pass, Pass]:
    """Every place becomes a block of down * right equal ones: x (n, h, w, c) -> y (n, h * down, w * right, c)."""
    x, dx = frame.x, frame.dx
    n, height, width, channels = x.shape
    blocks = (n, height, down, width, right, channels)
    y, dy = frame.y.reshape(blocks), frame.dy.reshape(blocks) if frame.gradient else frame.dy
    spread = x[:, :, None, :, None]

    def forward() -> None:
        np.copyto(y, spread)

    def backward() -> None:
        if dx is not None:
            np.add.reduce(dy, (2, 4), out=dx)

    return forward, backward


def interpolate(frame: Frame, down: int, right: int) -> tuple[Pass, Pass]:
    """Straight lines between the places, along the rows and then down: the same shapes as `repeat`."""
    n, height, width, channels = frame.x.shape
    across, along = _mixing(width, right, frame.y), _mixing(height, down, frame.y)
    x = frame.x.reshape(n * height, width, channels)
    between = frame.scratch((n * height, width * right, channels))
    tall, y = between.reshape(n, height, -1), frame.y.reshape(n, height * down, -1)

    def forward() -> None:
        np.matmul(across, x, between)
        np.matmul(along, tall, y)

    dx = None if frame.dx is None else frame.dx.reshape(x.shape)
    dy = frame.dy.reshape(y.shape) if frame.gradient else frame.dy

    def backward() -> None:
        if dx is not None:
            np.matmul(along.T, dy, tall)
            np.matmul(across.T, between, dx)

    return forward, backward


def _mixing(size: int, times: int, like: Array) -> Array:
    """The share (size * times, size) of each place in each new one, which lies at (i + 1/2) / times - 1/2."""
    places = np.clip((np.arange(size * times) + 0.5) / times - 0.5, 0.0, size - 1.0)
    low = np.minimum(places.astype(np.intp), max(size - 2, 0))
    rows, shares = np.arange(len(places)), np.zeros((len(places), size))
    shares[rows, low] = 1.0 - (places - low)
    shares[rows, np.minimum(low + 1, size - 1)] += places - low
    return shares.astype(like.dtype)
