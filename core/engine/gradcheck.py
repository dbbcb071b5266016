"""Is the gradient right? One random direction, compared with a difference quotient."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.datasets import Samples
from core.engine.network import Network
from core.engine.plan import Plan
from core.layers import Array


@dataclass(frozen=True, slots=True)
class GradientCheck:
    """The slope along a random direction: by back-propagation and by differences."""

    exact: float
    numeric: float

    @property
    def error(self) -> float:
        """Relative difference."""
        return abs(self.exact - self.numeric) / max(abs(self.exact), abs(self.numeric), 1e-12)


def check_gradient(network: Network, samples: Samples, *, seed: int = 0, step: float = 1e-6) -> GradientCheck:
    """Compare the gradient of the loss over `samples` with central differences along one random direction.

    The loss is all that training makes small, with what layers add to it, except what an updater adds.
    The direction leaves frozen weights where they are: they have no gradient.
    The network should be a float64 one: float32 has too few digits for differences.
    Source: Griewank & Walther 2008, Evaluating Derivatives, section 3.2.
    """
    direction = np.random.default_rng(seed).normal(size=network.parameters) * _trained(network)
    start = network.weights.flat.copy()
    _loss(network, samples, backward=True)
    exact = float(network.gradients.flat @ direction)
    ends = []
    for sign in (1.0, -1.0):
        network.weights.flat[...] = start + sign * step * direction
        ends.append(_loss(network, samples))
    network.weights.flat[...] = start
    return GradientCheck(exact, (ends[0] - ends[1]) / (2.0 * step))


def penalty(network: Network, plan: Plan) -> float:
    """What the layers add to the loss of the plan, whose `forward` has run."""
    return sum(unit.layer.penalty([plan.values[source] for source in unit.sources]) for unit in network.units)


def _trained(network: Network) -> Array:
    """1 for every weight that is trained, 0 for frozen ones."""
    mask = network.weights.like()
    for unit in network.units:
        for array in mask[unit.id].values():
            array.fill(0.0 if unit.frozen else 1.0)
    return mask.flat


def _loss(network: Network, samples: Samples, *, backward: bool = False) -> float:
    memory, remembered = network.rng.bit_generator.state, network.state.flat.copy()
    plan = network.plan(len(samples), train=True)
    plan.fill(samples.x, network.targets(samples.y))
    with np.errstate(all="ignore"):
        for run in plan.forward:
            run()
        value = plan.loss() + penalty(network, plan)
        for run in plan.backward if backward else ():
            run()
    network.rng.bit_generator.state, network.state.flat[...] = memory, remembered
    return value
