"""What a layer is. A layer file declares one `Layer` subclass; nothing else has to be edited."""
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np

from core.errors import Problem, ShapeError
from core.kinds import Catalogued
from core.params import EMPTY
from core.registry import Registry

Array = np.ndarray[Any, Any]
Shape = tuple[int, ...]
Pass = Callable[[], None]

LAYERS: Registry[type[Layer]] = Registry("layer")


@dataclass(frozen=True, slots=True)
class Port:
    """A place where a wire arrives."""

    name: str
    doc: str = ""


@dataclass(frozen=True)
class Example:
    """A small case that every contract test runs: parameters and the shapes of the inputs (no batch axis).

    If `integers` is not 0, the inputs hold whole numbers from 0 to integers - 1, where no slope can be measured.
    """

    params: Mapping[str, Any] = field(default_factory=lambda: EMPTY)
    shapes: tuple[Shape, ...] = ((4,),)
    smooth: bool = True
    integers: int = 0


def _alone(array: Array) -> None:
    """The sum over the only part."""


def ignore(name: str, array: Array) -> None:
    """Nobody looks."""


@dataclass(slots=True)
class Frame:
    """The arrays that one node works on in one compiled pass over n samples.

    xs: the inputs, each (n, ...); y: the output to fill. If `gradient`, dy holds the gradient of the loss with
    respect to y, and dxs the arrays to fill with those of the inputs (None where nobody needs it); otherwise dy is
    empty. weights, grads and state are by name; grads is empty if the node is not trained.

    The n samples may be one part of a batch of `count` whose other parts are in the hands of other threads.
    `all_reduce` adds an array up over all parts, in place and in all of them: a layer that mixes samples needs it.
    What is remembered in `state` is the same array for all parts; only the `first` one may write it.

    `show` takes an array, by a name, that holds something worth a look after a pass, such as the weights of an
    attention or the gradients of gates; nobody else may write it.
    """

    xs: tuple[Array, ...]
    y: Array
    dxs: tuple[Array | None, ...]
    dy: Array
    gradient: bool
    weights: Mapping[str, Array]
    grads: Mapping[str, Array]
    state: Mapping[str, Array]
    train: bool
    rng: np.random.Generator
    scratch: Callable[..., Array]
    count: int = 0
    first: bool = True
    all_reduce: Callable[[Array], None] = _alone
    show: Callable[[str, Array], None] = ignore

    def __post_init__(self) -> None:
        self.count = self.count or len(self.y)

    @property
    def x(self) -> Array:
        """The only input."""
        return self.xs[0]

    @property
    def dx(self) -> Array | None:
        """Where the gradient of the only input goes."""
        return self.dxs[0]

    def number(self, value: float) -> Array:
        """A constant in the precision of the pass (a 0-d array: NumPy handles it faster than a float)."""
        return np.asarray(value, dtype=self.y.dtype)


class Layer(Catalogued):
    """One kind of node.

    `infer` says which shape comes out, `build` makes the weights, and `bind` is called once per compiled pass:
    it returns two functions without arguments that compute forward and backward on the arrays of a `Frame`,
    so that a step of training neither looks anything up nor allocates.

    `role` is "input" or "output" for the two ends of a network; `badges` names the parameters that matter most,
    shown on the node; `differentiable` is False where gradients are 0 everywhere; `domain` says in a sentence which
    inputs a layer takes that answers all others with NaN; `draws` is True where the numbers of a sample depend in
    evaluation on its place in the batch.
    """

    catalogue: ClassVar[Registry[type[Layer]]] = LAYERS
    inputs: ClassVar[tuple[Port, ...]] = (Port("x"),)
    examples: ClassVar[tuple[Example, ...]] = ()
    role: ClassVar[str] = ""
    badges: ClassVar[tuple[str, ...]] = ()
    differentiable: ClassVar[bool] = True
    domain: ClassVar[str] = ""
    draws: ClassVar[bool] = False

    def infer(self, *shapes: Shape) -> Shape:
        """Shape of one sample of the output. Raises ShapeError."""
        return shapes[0]

    def build(self, rng: np.random.Generator, *shapes: Shape) -> dict[str, Array]:
        """The first weights by name, as float64."""
        return {}

    def state(self, *shapes: Shape) -> dict[str, Array]:
        """What is remembered but not trained (a running mean), by name."""
        return {}

    def passes_through(self, train: bool) -> bool:
        """True if the output is the input itself, at most in another shape, so that nothing needs to be computed."""
        return False

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        """Forward and backward on the arrays of `frame`. Backward is only called if frame.gradient."""
        raise NotImplementedError

    def penalty(self, xs: Sequence[Array]) -> float:
        """What training adds to the loss for these inputs, each (n, ...), beside what the output does: its mean.

        Nothing computes it in training, where `backward` adds its slope, divided by `Frame.count`.
        """
        return 0.0

    def cost(self, *shapes: Shape) -> int:
        """Multiply-adds for one sample, forward."""
        return 0

    def decays(self) -> frozenset[str]:
        """Names of the weights that L2 regularisation acts on."""
        return frozenset()

    @property
    def trainable(self) -> bool:
        """True if this kind has weights."""
        return type(self).build is not Layer.build

    def need(self, ok: bool, code: str, message: str, hint: str = "") -> None:
        """Raise ShapeError unless `ok`."""
        if not ok:
            raise ShapeError(Problem(code, f"{self.info.title}: {message}", hint=hint))


def show(shape: Shape) -> str:
    """A shape as a person reads it: (4) or (28, 28, 1)."""
    return "(" + ", ".join(map(str, shape)) + ")"
