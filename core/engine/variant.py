"""The same weights in another arrangement: some nodes left out, some held as they are."""
from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from core.engine.compiler import Compiler, Part, Recipe
from core.engine.network import Network
from core.engine.parameters import Parameters
from core.engine.plan import Plan, Unit
from core.engine.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Variant:
    """Part of a network for an updater: what is held counts as frozen."""

    units: tuple[Unit, ...]
    weights: Parameters
    gradients: Parameters


def held(network: Network, nodes: Collection[str]) -> Variant:
    """The network with the weights of `nodes` left as they are."""
    units = tuple(replace(unit, frozen=True) if unit.id in nodes else unit for unit in network.units)
    return Variant(units, network.weights, network.gradients)


def plan(network: Network, units: Sequence[Unit], n: int, gradients: Parameters) -> Plan:
    """A pass for training over `units`, in order, the Output last; weights and running means are the network's."""
    recipe = Recipe(tuple(units), network.goals, network.dtype, network.weights, network.state)
    return Compiler(recipe, Workspace().allocator(), Part(n, n, gradients, network.rng), True).build()
