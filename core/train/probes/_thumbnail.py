"""What one node computes, as a small picture."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from core.statistics import evenly

Look = Literal["plane", "points", "picture", "maps", "strip", "bars", "states", "attention"]

# How many neurons, maps or heads are drawn side by side, of how many units a strip is, and the sides of a picture.
TILES, CELLS, HEADS, SIDE = 32, 512, 8, 96
# Activations that go no further than 1 keep that as their scale, so that tiles of two layers can be compared.
BOUNDED = frozenset({"tanh", "sigmoid", "hard_sigmoid", "softmax", "softsign", "sine", "step"})


@dataclass(frozen=True, slots=True, eq=False)
class Thumbnail:
    """A node's output, ready to draw. `values` float32 are a copy; by `look`:

    "plane" (k, rows, columns): k neurons over x1 (columns) and x2 (rows, from the bottom up)
    "points" (k, 2): samples that are made of noise, within `window` (least and largest x1, least and largest x2)
    "picture" (rows, columns, 1 or 3): a sample, or what is to be like one
    "maps" (k, rows, columns): k feature maps of the sample
    "strip" (k,): k neurons, for the sample; "bars" (k,): the probabilities of k classes
    "states" (units, time): a sequence, or the states of a recurrent layer, for the sample; NaN at padding
    "attention" (k, time, steps): how much each step looks at each step, by heads; every row sums to 1

    `numbers` are those of the neurons, maps, units or heads that are drawn, of `total`. `limits` are the least and the
    largest of the values. Colours reach from `middle` - `scale` to `middle` + `scale`. `classes` are what the neurons
    stand for, where each is the probability of one. `steps` is how many time steps there are, of which at most SIDE are
    drawn.
    """

    node: str
    look: Look
    values: np.ndarray
    numbers: tuple[int, ...]
    total: int
    limits: tuple[float, float]
    scale: float
    middle: float = 0.0
    classes: tuple[str, ...] = ()
    window: tuple[float, float, float, float] = (0.0, 1.0, 0.0, 1.0)
    steps: int = 0


def tiles(node: str, look: Look, values: np.ndarray, *, numbers: Sequence[int] | None = None, most: int = TILES,
          scale: float = 0.0, middle: float = 0.0, classes: tuple[str, ...] = ()) -> Thumbnail:
    """A thumbnail of values (k, ...), of which those of `numbers` are kept, or at most so many, evenly chosen."""
    numbers = evenly(len(values), most).tolist() if numbers is None else numbers
    kept = np.array(values[list(numbers)], np.float32)
    limits = extent(kept)
    scale = scale or max(abs(limits[0]), abs(limits[1])) or 1.0
    return Thumbnail(node, look, kept, tuple(numbers), len(values), limits, scale, middle, classes)


def planes(node: str, output: np.ndarray, size: int, *, numbers: Sequence[int] | None = None, bounded: bool = False,
           classes: tuple[str, ...] = ()) -> Thumbnail:
    """The neurons of a node over the plane: output (size * size, units). A single probability is neutral at a half, as
    the boundary is."""
    half = len(classes) == 2 and output.shape[1] == 1
    return tiles(node, "plane", output.T.reshape(-1, size, size), numbers=numbers,
                 scale=0.5 if half else float(bounded), middle=0.5 if half else 0.0, classes=classes)


def maps(node: str, output: np.ndarray) -> Thumbnail:
    """Feature maps: output (rows, columns, channels). Of large ones every so manieth pixel is kept."""
    rows, columns = (evenly(side, SIDE) for side in output.shape[:2])
    return tiles(node, "maps", np.moveaxis(output[rows][:, columns], 2, 0))


def states(node: str, output: np.ndarray) -> Thumbnail:
    """A sequence: output (time, units). Long ones are thinned out between their first step and their last."""
    steps = np.linspace(0, len(output) - 1, min(len(output), SIDE)).round().astype(int)
    return replace(tiles(node, "states", output[steps].T, most=SIDE), steps=len(output))


def bars(node: str, output: np.ndarray, classes: tuple[str, ...]) -> Thumbnail:
    """The probabilities of classes: output (classes,), or (1,), how sure the network is of the second of two."""
    sure = output if len(output) > 1 else np.concatenate([1 - output, output])
    return tiles(node, "bars", sure, most=CELLS, scale=1.0, classes=classes)


def picture(node: str, output: np.ndarray, shape: tuple[int, int, int], limits: tuple[float, float]) -> Thumbnail:
    """A sample as a picture, flat or not; from `limits` follows what is black and what is white."""
    pixels = np.array(output, np.float32).reshape(shape)
    low, high = limits
    return Thumbnail(node, "picture", pixels, (0,), 1, extent(pixels), (high - low) / 2 or 1.0, (low + high) / 2)


def extent(values: np.ndarray) -> tuple[float, float]:
    """The least and the largest of the numbers among values; 0 and 0 if there are none."""
    low, high = float(values.min(initial=np.inf)), float(values.max(initial=-np.inf))
    if np.isfinite(low) and np.isfinite(high):
        return low, high
    sound = values[np.isfinite(values)]
    return (float(sound.min()), float(sound.max())) if sound.size else (0.0, 0.0)
