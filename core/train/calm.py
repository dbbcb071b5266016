"""One sample on its way through the network as in evaluation, with gradients all the same."""
from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.engine.plan import Unit
from core.engine.tape import Tape
from core.layers import LAYERS, Layer
from core.train.cached import once
from core.train.references import SampleRef
from core.train.sampling import sample

if TYPE_CHECKING:
    from core.train.session import Session


def calm(session: Session, ref: SampleRef) -> Tape:
    """A pass of one sample, just run, whose outputs are those of `Network.predict`: nothing is left out by chance, and
    what remembers means goes by them. The tape is kept for the next time: copy what is to last."""
    seed, calmed = session.training.seed, tuple(units(session).values())
    tape = once(session, "calm", lambda: Tape(session.network, 1, seed=seed, units=calmed))
    one = sample(session, ref)
    tape.fill(one.x, session.network.targets(one.y))
    tape.run()
    return tape


def units(session: Session) -> dict[str, Unit]:
    """The nodes of that pass by name, in order."""
    return once(session, "calm units", lambda: {unit.id: _calmed(unit) for unit in session.network.units})


def _calmed(unit: Unit) -> Unit:
    layer = unit.layer
    if layer.passes_through(False) and not layer.passes_through(True):
        return replace(unit, layer=LAYERS["identity"]())
    calmed: Layer = layer
    if "dropout" in layer.params:
        calmed = type(layer)(**{**layer.config(), "dropout": 0.0})
    # A frozen layer that remembers goes by what it remembers.
    remembers = type(layer).state is not Layer.state
    return replace(unit, layer=calmed, frozen=unit.frozen or remembers)
