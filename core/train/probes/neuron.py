"""One neuron on one sample: what it adds up, what comes of it, and the chain rule on the way back, in numbers."""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from core.engine.plan import Unit
from core.layers import Array
from core.optimizers import OPTIMIZERS
from core.train.calm import calm, units
from core.train.probes._base import NotApplicable, Probe
from core.train.probes._neuron_back import Behind, Share, behind, unread
from core.train.probes._neuron_inside import Inside, Line
from core.train.probes._neuron_kinds import inside, steps_of
from core.train.probes._neuron_place import Place
from core.train.probes._neuron_sum import KINDS, Sum, Term, weighted_sum
from core.train.probes._truth import truth
from core.train.references import NeuronRef, SampleRef
from core.train.sampling import found
from core.train.tracing import Tracing, rule_of

if TYPE_CHECKING:
    from core.train.session import Session

__all__ = ["Behind", "Inside", "Line", "Neuron", "Share", "Sum", "Term", "compute"]


@dataclass(frozen=True, slots=True, eq=False)
class Neuron:
    """Neuron `number` of `node`, of `count`, on `sample`, one of `samples` of its part with the target `truth`.

    `title` names the node and `kind` its kind; `formula` says in words what that computes, `inputs` what it reads.
    Where the node gives more than one number for a neuron (a feature map, a sequence), `place` is where the one stands
    that is looked at, the largest if none was asked for, of `places` along each axis. Along a sequence it is that of
    `step`, of `steps`; both are 0 elsewhere. `z` is the number; `sum` how it is added up, if it is a weighted sum;
    `inside` how another layer computes it, if that can be told line by line; `behind` what becomes of it and the
    gradients. `spread` holds the whole map, for a picture; `answer` is the largest number of it behind the activation.
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
    step: int
    steps: int
    z: float
    sum: Sum | None
    inside: Inside | None
    behind: Behind
    answer: float
    optimizer: str
    rate: float
    plain: bool


def compute(session: Session, node: str = "", number: int = 0, part: str = "train", sample: int = 0, step: int = -1,
            ) -> Neuron | NotApplicable:
    """Neuron `number`, counted round and round, of `node`, else of the first node with neurons. Along a sequence it is
    looked at in `step`, counted round and round; -1 takes the one that says most."""
    named = units(session)
    trace = Tracing(session, named)
    chosen = node if node in named else _first(session, named)
    if not chosen:
        return NotApplicable("This network has no neurons with weights. Add a Dense layer.")
    ref = found(session, SampleRef(part, sample))
    unit = named[trace.weighted(chosen)]
    count = unit.shape[-1] if unit.shape else 1
    place, at, steps, spread = _placed(Place(session, trace, calm(session, ref), unit, number % count, ()), step)
    within, samples = inside(place, at), getattr(session.parts, ref.part)
    after = (behind(place) if within is None or within.delivered else unread(within.value, within.back_slope))
    used = OPTIMIZERS[session.training.optimizer.kind]
    return Neuron(
        NeuronRef(unit.id, place.number), count, trace.title(unit.id), unit.layer.info.title, rule_of(unit),
        tuple(trace.title(trace.origin(source).id) for source in unit.sources),
        ref, len(samples), truth(session, samples.y[ref.number]), place.place, unit.shape[:-1], spread, at, steps,
        place.y if within is None else within.value, weighted_sum(place), within, after,
        float(place.tape.values[trace.answering(unit).id][0][..., place.number].max() if unit.shape else place.y),
        used.info.title, float(session.rate), not used.slots and used.info.kind == "sgd")


def _first(session: Session, named: dict[str, Unit]) -> str:
    """The first node whose neurons add up weighted inputs, else the first with weights, else ""."""
    weighted = [name for name in named if session.network.weights[name]]
    sums = [name for name in weighted if named[name].layer.info.kind in KINDS]
    return next(iter(sums + weighted), "")


def _placed(first: Place, step: int) -> tuple[Place, int, int, Array | None]:
    """Where the neuron is looked at; the step of a sequence and their number; and all numbers of its map."""
    own = first.tape.values[first.unit.id][0][..., first.number]
    steps, last = steps_of(first)
    if own.ndim == 0:
        return first, (last if step < 0 else step % steps) if steps else 0, steps, None
    best = int(np.argmax(np.nan_to_num(own, nan=-np.inf)))
    place = tuple(int(axis) for axis in np.unravel_index(best, own.shape))
    if own.ndim == 1:
        place = (place[0] if step < 0 else step % len(own),)
        return replace(first, place=place), place[0], len(own), own.copy()
    return replace(first, place=place), 0, 0, own.copy()


PROBE = Probe("neuron", compute)
