"""One neuron on one sample: what it adds up, what comes of it, and the chain rule on the way back, in numbers."""
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.engine.plan import Unit
from core.engine.tape import Tape
from core.layers import Array
from core.optimizers import OPTIMIZERS
from core.train.calm import calm, units
from core.train.probes import _neuron_back as back
from core.train.probes import _neuron_sum as summing
from core.train.probes._base import NotApplicable, Probe
from core.train.probes._neuron_back import Behind, Share
from core.train.probes._neuron_sum import Sum, Term
from core.train.probes._truth import truth
from core.train.references import NeuronRef, SampleRef
from core.train.sampling import found
from core.train.tracing import Tracing, rule_of

if TYPE_CHECKING:
    from core.train.session import Session

__all__ = ["Behind", "Neuron", "Share", "Sum", "Term", "compute"]


@dataclass(frozen=True, slots=True, eq=False)
class Neuron:
    """Neuron `number` of `node`, of `count`, on `sample`, one of `samples` of its part with the target `truth`.

    `title` names the node and `kind` its kind; `formula` says in words what that computes, `inputs` what it reads.
    Where the node gives more than one number for a neuron (a feature map, a sequence), `place` is where the largest
    one stands, of `places` along each axis. `z` is that number; `sum` how it is added up, if it is a weighted sum;
    `behind` what becomes of it and the gradients. `spread` holds the whole map, for a picture.
    `optimizer` and `rate` say how weights are changed; `plain` that the change is the rate times the gradient.
    """

    ref: NeuronRef
    count: int
    title: str
    kind: str
    formula: str
    inputs: tuple[str, ...]
    sample: SampleRef
    samples: int
    truth: str
    place: tuple[int, ...]
    places: tuple[int, ...]
    spread: Array | None
    z: float
    sum: Sum | None
    behind: Behind
    optimizer: str
    rate: float
    plain: bool


def compute(session: Session, node: str = "", number: int = 0, part: str = "train", sample: int = 0,
            ) -> Neuron | NotApplicable:
    """Neuron `number`, counted round and round, of `node`, else of the first node with neurons."""
    named = units(session)
    trace = Tracing(session, named)
    chosen = node if node in named else _first(session, named)
    if not chosen:
        return NotApplicable("This network has no neurons with weights. Add a Dense layer.")
    ref = found(session, SampleRef(part, sample))
    tape = calm(session, ref)
    unit = named[trace.weighted(chosen)]
    count = unit.shape[-1] if unit.shape else 1
    which = NeuronRef(unit.id, number % count)
    place, spread = _peak(tape, unit, which.number)
    samples = getattr(session.parts, ref.part)
    used = OPTIMIZERS[session.training.optimizer.kind]
    return Neuron(
        which, count, trace.title(unit.id), unit.layer.info.title, rule_of(unit),
        tuple(trace.title(trace.origin(source).id) for source in unit.sources),
        ref, len(samples), truth(session, samples.y[ref.number]), place, unit.shape[:-1], spread,
        float(tape.values[unit.id][(0, *place, which.number)]),
        summing.weighted_sum(session, trace, tape, unit, which.number, place),
        back.behind(session, trace, tape, unit, which.number, place),
        used.info.title, float(session.rate), not used.slots and used.info.kind == "sgd")


def _first(session: Session, named: dict[str, Unit]) -> str:
    """The first node whose neurons add up weighted inputs, else the first with weights, else ""."""
    weighted = [name for name in named if session.network.weights[name]]
    sums = [name for name in weighted if named[name].layer.info.kind in summing.KINDS]
    return next(iter(sums + weighted), "")


def _peak(tape: Tape, unit: Unit, number: int) -> tuple[tuple[int, ...], Array | None]:
    """Where the numbers of a neuron are largest, and all of them."""
    own = tape.values[unit.id][0][..., number]
    if own.ndim == 0:
        return (), None
    best = int(np.argmax(np.nan_to_num(own, nan=-np.inf)))
    return tuple(int(axis) for axis in np.unravel_index(best, own.shape)), own.copy()


PROBE = Probe("neuron", compute)
