"""Samples that the generator of an adversarial network makes."""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

import numpy as np

from core.engine.compiler import Compiler, Part, Recipe
from core.engine.plan import Plan, Unit
from core.engine.workspace import Workspace
from core.graph.active import active
from core.graph.adversary import Sides, sides
from core.statistics import brightness, evenly
from core.train.cached import newest, once
from core.train.cases import as_pictures

if TYPE_CHECKING:
    from core.train.session import Session

COUNT = 64
REAL = 500
PLANE = 500


@dataclass(frozen=True, slots=True, eq=False)
class Generated:
    """What the generator makes of noise that stays the same, as the network has it.

    values (n, k) with `names`; real (m, k): samples of the data, evenly chosen; taken (n,): how sure the discriminator
    is that each generated one is real. `pictures` are the values as pictures, if they are some, black and white at
    `limits`. `turn` says which noise it is.
    """

    values: np.ndarray
    real: np.ndarray
    taken: np.ndarray
    names: tuple[str, ...]
    turn: int
    pictures: np.ndarray | None = None
    limits: tuple[float, float] = (0.0, 1.0)


def generated(session: Session, turn: int = 0) -> Generated:
    """Make samples of the noise of this turn; that of turn 0 is what the network gives in evaluation."""
    found, plan = _known(session, turn)
    with np.errstate(all="ignore"):
        for run in plan.forward:
            run()
    values = plan.values[found.generated].reshape(plan.n, -1).copy()
    train = session.parts.train.x
    real = train[evenly(len(train), REAL)].reshape(-1, values.shape[1])
    spec = session.parts.spec
    pictures = None if spec.pixels is None else as_pictures(values, spec.pixels)
    names = spec.features if len(spec.features) == values.shape[1] else \
        tuple(f"x{i + 1}" for i in range(values.shape[1]))
    taken = plan.values[session.network.output].reshape(plan.n, -1)[:, 0].copy()
    limits = (0.0, 1.0) if pictures is None else brightness(real)
    return Generated(values, real, taken, names, turn, pictures, limits)


def _known(session: Session, turn: int) -> tuple[Sides, Plan]:
    found = once(session, "sides", lambda: cast(
        Sides, sides(active(session.document), session.report.live, session.report.layers)))
    return found, newest(session, "generated", turn, lambda: _plan(session, found, turn))


def _plan(session: Session, found: Sides, turn: int) -> Plan:
    """A pass in evaluation in which the discriminator judges what is generated, from noise of its own seed."""
    network = session.network
    size = int(np.prod(next(unit.shape for unit in network.units if unit.id == found.generated)))
    n = PLANE if size == 2 else COUNT
    units = [_unit(unit, found, turn) for unit in network.units]
    part = Part(n, n, network.gradients, np.random.default_rng(0))
    recipe = Recipe(tuple(units), network.goals, network.dtype, network.weights, network.state)
    plan = Compiler(recipe, Workspace().allocator(), part, False).build()
    if plan.x.size:
        train = session.parts.train.x
        plan.x[...] = train[np.arange(n) % len(train)]
    return plan


def _unit(unit: Unit, found: Sides, turn: int) -> Unit:
    if unit.id == found.mixture:
        return replace(unit, sources=(found.generated, found.generated))
    if turn and unit.layer.info.kind == "noise":
        config = unit.layer.config()
        seed = (config["seed"] + turn) % 2**31
        return replace(unit, layer=type(unit.layer)(**{**config, "seed": seed}))
    return unit
