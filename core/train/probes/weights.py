"""The weights of one node."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from core.layers import Array
from core.train.probes._base import NotApplicable, Probe
from core.train.probes._nearest import nearest, neurons
from core.train.probes._pictures import kind_of_pictures
from core.train.probes._quantity import largest, measure

if TYPE_CHECKING:
    from core.train.session import Session

# More cells than this nobody can see.
CELLS = 1 << 18


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Copies of the weights of `node` by name; `scale` is the largest finite size of any of them.

    `quantity` says what of the weights (`core.train.probes._quantity`); a change is counted from step `since`, and
    `ratios` are what the next step changes of an array, by lengths. `shapes` are those of the arrays. Of an array with
    more than CELLS numbers, `values` has the extreme of every block, (rows, columns), whose size is in `blocks`.
    `first` is the number of the first row, where that is no 1: of an Embedding the rows are words, counted from 0.
    `neurons` says of which arrays the columns belong to the neurons of the node, and how many these are. `pictured` is
    what the probe "kernels" would show of the node, "" for nothing; `nodes` are all nodes with weights.
    """

    node: str
    values: dict[str, np.ndarray]
    scale: float
    quantity: str = "now"
    since: int = 0
    ratios: Mapping[str, float] = field(default_factory=dict)
    shapes: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    blocks: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    neurons: Mapping[str, int] = field(default_factory=dict)
    pictured: str = ""
    nodes: tuple[str, ...] = ()
    first: int = 1

    def shape(self, name: str) -> tuple[int, ...]:
        """The shape of an array of the node."""
        return self.shapes.get(name, self.values[name].shape)

    def block(self, name: str) -> tuple[int, int]:
        """How many rows and columns of an array one number stands for."""
        return self.blocks.get(name, (1, 1))


def compute(session: Session, node: str = "", quantity: str = "now") -> Weights | NotApplicable:
    """The weights of `node`, else of the nearest node that feeds it, else of the first that has some."""
    found = nearest(session, node)
    if found is None:
        return NotApplicable("This network has no weights. Add a Dense layer.")
    measured = measure(session, found, quantity)
    if isinstance(measured, NotApplicable):
        return measured
    scale, values, blocks = largest(measured.values), {}, {}
    for name, array in measured.values.items():
        values[name], block = reduced(array)
        if block != (1, 1):
            blocks[name] = block
    shapes = {name: array.shape for name, array in measured.values.items()}
    held = session.network.weights
    words = session.document.nodes[found].kind == "embedding"
    return Weights(found, values, scale, quantity, measured.since, measured.ratios or {}, shapes, blocks,
                   neurons(session, found), kind_of_pictures(session, found),
                   tuple(name for name in held if held[name]), first=0 if words else 1)


def reduced(array: Array, cells: int = CELLS) -> tuple[Array, tuple[int, int]]:
    """The array itself, or where it has more than so many numbers a matrix (rows, columns) of the extremes of its
    blocks: of each the number of the largest size. Also how many rows and columns a block has.

    Rows are all axes but the last. The blocks at the end may be smaller.
    """
    if array.size <= cells:
        return array, (1, 1)
    matrix = array.reshape(-1, array.shape[-1]) if array.ndim > 1 else array.reshape(1, -1)
    rows, columns = matrix.shape
    side = max(1, int(cells**0.5))
    # The longer side is made shorter first: a tall matrix keeps its columns.
    across = -(-columns // max(side, cells // rows))
    down = -(-rows // (cells // -(-columns // across)))
    padded = np.pad(matrix, ((0, -rows % down), (0, -columns % across)))
    split = padded.reshape(padded.shape[0] // down, down, padded.shape[1] // across, across)
    high, low = split.max(axis=(1, 3)), split.min(axis=(1, 3))
    return np.where(high >= -low, high, low), (down, across)


PROBE = Probe("weights", compute)
