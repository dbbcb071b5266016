"""One layer by itself, bound to float64 arrays, with everything that it must not read full of NaN."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from core.layers import LAYERS, Array, Example, Frame, Layer, Pass

AWAY = 0.3


def kinds() -> list[type[Layer]]:
    """Every registered layer that computes something between Input and Output."""
    return [kind for kind in LAYERS.values() if not kind.role]


def cases() -> list[Any]:
    """(layer class, example) for every example of those."""
    return [(kind, example) for kind in kinds() for example in kind.examples]


def name_of(value: Any) -> str:
    """How a case is called in the list of tests."""
    if isinstance(value, Example):
        return f"{dict(value.params)}{list(value.shapes)}"
    return value.info.kind if isinstance(value, type) else str(value)


@dataclass
class Bench:
    """A layer with inputs away from kinks and weights that are not zero.

    Every run binds anew, with the same chance.
    """

    kind: type[Layer]
    example: Example
    n: int = 5
    train: bool = True
    dtype: Any = np.float64
    xs: list[Array] = field(init=False)
    weights: dict[str, Array] = field(init=False)
    state: dict[str, Array] = field(init=False)

    def __post_init__(self) -> None:
        rng = np.random.default_rng(0)
        self.layer = self.kind(**self.example.params)
        self.xs = [self._drawn(rng, (self.n, *shape)).astype(self.dtype) for shape in self.example.shapes]
        built = self.layer.build(rng, *self.example.shapes)
        self.weights = {k: (w + 0.1 * rng.normal(size=w.shape)).astype(self.dtype) for k, w in built.items()}
        self.state = {k: v.astype(self.dtype) for k, v in self.layer.state(*self.example.shapes).items()}
        self.shape = self.layer.infer(*self.example.shapes)

    def _drawn(self, rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
        if self.example.integers:
            return rng.integers(self.example.integers, size=shape)
        x = rng.normal(size=shape)
        return x + AWAY * np.sign(x)

    def ways(self, rng: np.random.Generator) -> list[Array]:
        """A direction for each input in which it may be moved a little; whole numbers stay where they are."""
        scale = 0.0 if self.example.integers else 1.0
        return [scale * rng.normal(size=x.shape) for x in self.xs]

    def far(self) -> list[Array]:
        """The inputs driven far out, as far as they can be."""
        if self.example.integers:
            return self.xs
        return [np.where(x > 0, 1e4, -1e4).astype(self.dtype) for x in self.xs]

    def forward(self, xs: list[Array] | None = None, weights: Mapping[str, Array] | None = None,
                n: int | None = None) -> Array:
        """The output for these inputs and weights; n says how many samples where there are no inputs."""
        frame, run, _ = self.bound(self.xs if xs is None else xs, self.weights if weights is None else weights, n=n)
        self.go(run)
        return frame.y

    def penalty(self, xs: list[Array]) -> float:
        """What the layer adds to the loss for these inputs beside what its output does."""
        return self.layer.penalty(xs) if self.train else 0.0

    def backward(self, dy: Array, *, wanted: bool = True,
                 trained: bool = True) -> tuple[list[Array | None], dict[str, Array]]:
        """The gradients of inputs and weights for the gradient `dy` of the output."""
        frame, run, back = self.bound(self.xs, self.weights, dy, wanted, trained)
        self.go(run, back)
        return list(frame.dxs), dict(frame.grads)

    def go(self, *passes: Pass) -> None:
        """Run them as the engine does: overflow is nobody's business."""
        with np.errstate(all="ignore"):
            for run in passes:
                run()

    def bound(self, xs: list[Array], weights: Mapping[str, Array], dy: Array | None = None,
              wanted: bool = True, trained: bool = True, n: int | None = None) -> tuple[Frame, Pass, Pass]:
        """The frame with the two passes over it."""
        y = self.poisoned((len(xs[0]) if xs else n or self.n, *self.shape))
        grads = {k: self.poisoned(w.shape) for k, w in weights.items()} if dy is not None and trained else {}
        frame = Frame(
            xs=tuple(xs), y=y, dxs=tuple(self.poisoned(x.shape) if wanted else None for x in xs),
            dy=np.empty(0) if dy is None else dy, gradient=dy is not None, weights=weights,
            grads=grads,
            state={k: v.copy() for k, v in self.state.items()},
            train=self.train, rng=np.random.default_rng(7), scratch=self.poisoned,
        )
        if self.layer.passes_through(self.train):
            return frame, lambda: np.copyto(y, xs[0].reshape(y.shape)), lambda: _hand_down(frame)
        return frame, *self.layer.bind(frame)

    def poisoned(self, shape: tuple[int, ...], dtype: Any = None) -> Array:
        """Memory as a pass gets it: with anything in it."""
        kind = np.dtype(dtype or self.dtype)
        return np.full(shape, np.nan if kind.kind == "f" else 1, kind)


def _hand_down(frame: Frame) -> None:
    if frame.dx is not None:
        np.copyto(frame.dx, frame.dy.reshape(frame.dx.shape))
