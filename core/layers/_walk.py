"""One walk of a recurrent layer through a sequence: time comes first, and every gate has a block of its own."""
from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import numpy as np

from core.layers._base import Array, Frame, Pass

# Numbers of one gate in the steps whose slopes are taken together: so many of each stay in the cache.
PIECE = 1 << 15
# Single-precision numbers in a line of the cache.
LINE = 16
# After so many steps it is looked whether a gradient has faded away.
FADING = 8
Steps = list[tuple[Any, ...]]


class Walk:
    """Arrays of one direction. What is (n, time, gates * units) for the weights is (gates, time, n, units) here.

    Small products of aligned blocks of one gate each run half as fast again as those of all gates side by side, and
    the arithmetic of a gate touches whole blocks. `a` (time + 1, n, units + 1 + features) holds the state before each
    step, a 1, and the input: its product with `V` (gates, units + 1 + features, units), that is U, b and W below each
    other, gives all sums of a step at once, and that with their gradients the gradients of all weights.

    `order` says which gate of the weights each block of V holds; the first `halved` of them are halved, since
    sigmoid(z) = tanh(z / 2) / 2 + 1 / 2. `turned` is the order of the gradients of h @ U. Where `back` is set the walk
    begins at the last step, has weights of its own, and fills the second half of the output.
    """

    def __init__(self, frame: Frame, units: int, order: tuple[int, ...], *, halved: int = 0,
                 turned: tuple[int, ...] = (), every: bool = False, masked: bool = False, back: bool = False):
        self.frame, self.units, self.gates, self.every, self.back = frame, units, len(order), every, back
        self.n, self.time, self.features = frame.x.shape
        self._runs, self._turned, self._halved = _runs(order), _runs(turned or order), halved
        named, self._way = "_back" if back else "", slice(None, None, -1 if back else 1)
        self._W, self._U, self.b = (frame.weights[f"{name}{named}"] for name in "WUb")
        self._dW, self._dU, self.db = (frame.grads.get(f"{name}{named}") for name in "WUb")
        self._from, self._to = frame.x.transpose(1, 0, 2)[self._way], self._share(frame.y)
        width = units + 1 + self.features
        self.a = frame.scratch((self.time + 1, self.n, _lines(width)))[..., :width]
        self.h, self.V = self.a[..., :units], frame.scratch((self.gates, width, units))
        self.skip = frame.scratch((self.time, self.n, 1), np.bool_) if masked else None
        self.skips: list[Array | None] = [None] * self.time if self.skip is None else list(self.skip)
        if frame.gradient:
            self._prepare_gradients()

    def _share(self, a: Array) -> Array:
        own = a[..., self.units :] if self.back else a[..., : self.units]
        return own.transpose(1, 0, 2)[self._way] if self.every else own

    def _prepare_gradients(self) -> None:
        scratch, dx, n, units = self.frame.scratch, self.frame.dx, self.n, self.units
        self._behind, self.dh, self.UT = self._share(self.frame.dy), self.step(), scratch((self.gates, units, units))
        self.dV = None if self._dW is None else scratch(self.V.shape)
        self._into = None if dx is None else dx.transpose(1, 0, 2)[self._way]
        # Whole lines make the small product of every step half as fast again as one product of all steps.
        wide = _lines(self.features)
        self._WT = None if dx is None else scratch((self.gates, 1, units, wide))
        self._dx = None if dx is None else scratch((self.gates, self.time, n, wide))
        self.arrived = scratch((self.time, n, units)) if self.every else None
        self.arriving: list[Array | None] = [None] * self.time if self.arrived is None else list(self.arrived)

    @property
    def before(self) -> Array:
        """State, 1 and input of all steps of all samples below each other."""
        return rows(self.a[:-1])

    def block(self, count: int, extra: int = 0) -> Array:
        """Scratch for numbers of every step: (count, time + extra, n, units)."""
        return self.frame.scratch((count, self.time + extra, self.n, self.units))

    def step(self, *count: int) -> Array:
        """Scratch for numbers of one step: (*count, n, units)."""
        return self.frame.scratch((*count, self.n, self.units))

    def pieces(self, steps: Iterable[tuple[Any, ...]]) -> list[tuple[slice, Steps]]:
        """The steps from behind, in pieces whose numbers fit the cache, each with its place in time."""
        every, size = list(steps), max(1, PIECE // (self.n * self.units))
        return [(slice(t, min(t + size, self.time)), every[t : t + size][::-1])
                for t in range(0, self.time, size)][::-1]

    def start(self) -> None:
        """Take in the input and the present weights, and forget the state."""
        np.copyto(self.a[:-1, :, self.units + 1 :], self._from)
        self.a[:-1, :, self.units].fill(1.0)
        self.h[0].fill(0.0)
        self._spread(self.V, (self._U, first(self.b), self._W), inward=True)
        np.multiply(self.V[: self._halved], self.frame.number(0.5), self.V[: self._halved])
        if self.skip is not None:
            np.any(self._from, axis=-1, keepdims=True, out=self.skip)
            np.logical_not(self.skip, self.skip)

    def _spread(self, V: Array, weights: tuple[Array, Array, Array], *, inward: bool) -> None:
        """Copy U, b and W into V, or V into them."""
        u = self.units
        for part, array in zip((V[:, :u], V[:, u : u + 1], V[:, u + 1 :]), weights, strict=True):
            for ours, theirs in self._runs:
                pair = part[ours], self._by_gate(array)[theirs]
                np.copyto(*(pair if inward else pair[::-1]))

    def deliver(self) -> None:
        """Write the states to the output."""
        np.copyto(self._to, self.h[1:] if self.every else self.h[-1])
        if self.every and self.skip is not None:
            np.copyto(self._to, 0.0, where=self.skip)

    def arrive(self) -> None:
        """Take in U and the gradient of the output; `dh` is what reaches the last state from behind the last step."""
        U = self._by_gate(self._U).swapaxes(1, 2)
        for ours, theirs in self._turned:
            np.copyto(self.UT[ours], U[theirs])
        if self.arrived is None:
            np.copyto(self.dh, self._behind)
        else:
            self.dh.fill(0.0)
            np.copyto(self.arrived, self._behind)
            if self.skip is not None:
                np.copyto(self.arrived, 0.0, where=self.skip)

    def fading(self, *carried: Array) -> list[Pass | None]:
        """For every step nothing, or now and then a function that makes what has faded away in `carried` exactly 0.

        What is carried back from step to step shrinks, until after some hundred steps only denormal numbers are left,
        with which a processor takes several times as long. They are too small to change any sum: 0 comes well before
        them, at 1e8 times the smallest normal number (1.2e-30 in single precision), so that also what the slopes
        make of it is normal.
        """
        if self.time < FADING:
            return [None] * self.time
        size, small = self.step(), self.frame.scratch((self.n, self.units), np.bool_)
        least = np.finfo(size.dtype).tiny * size.dtype.type(1e8)

        def fade() -> None:
            for array in carried:
                np.abs(array, size)
                np.less(size, least, small)
                np.copyto(array, 0.0, where=small)

        return [fade if t % FADING == FADING - 1 else None for t in range(self.time)]

    def learn(self, dz: Array) -> None:
        """From the gradients dz (gates, time, n, units) of the sums: those of the weights."""
        if self.dV is not None:
            np.matmul(self.before.T, rows(dz), self.dV)
            self.teach(self.dV)

    def teach(self, dV: Array) -> None:
        """Hand the gradients of V out to U, b and W."""
        assert self._dU is not None
        assert self._dW is not None
        self._spread(dV, (self._dU, first(self.db), self._dW), inward=False)

    def inward(self, dz: Array) -> None:
        """From the gradients dz (gates, time, n, units) of x @ W: that of the input."""
        if self._dx is None or self._WT is None or self._into is None:
            return
        W, f = self._by_gate(self._W).swapaxes(1, 2), self.features
        self._WT[..., f:].fill(0.0)
        for ours, theirs in self._runs:
            np.copyto(self._WT[ours, 0, :, :f], W[theirs])
        np.matmul(dz, self._WT, self._dx)
        for of_gate in self._dx[1:]:
            np.add(self._dx[0], of_gate, self._dx[0])
        if self.back:
            np.add(self._into, self._dx[0, ..., :f], self._into)
        else:
            np.copyto(self._into, self._dx[0, ..., :f])

    def _by_gate(self, weights: Array) -> Array:
        """A view of (m, gates * units), or of one row, as (gates, m, units)."""
        return weights.reshape(-1, self.gates, self.units).swapaxes(0, 1)


def first(b: Any) -> Array:
    """The bias of x @ W: of two, the first."""
    bias: Array = b if b.ndim == 1 else b[0]
    return bias


def rows(a: Array) -> Array:
    """All samples of all steps below each other: (..., time, n, f) -> (..., time * n, f)."""
    return a.reshape(*a.shape[:-3], a.shape[-3] * a.shape[-2], a.shape[-1])


def _lines(width: int) -> int:
    """The next multiple of what a line of the cache holds."""
    return -(-width // LINE) * LINE


def _runs(order: tuple[int, ...]) -> list[tuple[slice, slice]]:
    """Where neighbours among our blocks are neighbours in the weights: pairs of slices, ours and theirs."""
    starts = [k for k in range(len(order)) if k == 0 or order[k] != order[k - 1] + 1]
    return [(slice(a, z), slice(order[a], order[a] + z - a)) for a, z in pairwise([*starts, len(order)])]


def nothing() -> None:
    """Stands where no gradient is wanted."""
