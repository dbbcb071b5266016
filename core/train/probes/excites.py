"""Which samples a neuron answers to most, and how its answers are spread."""
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.layers import Array
from core.statistics import evenly
from core.train.calm import units
from core.train.gallery import gallery
from core.train.probes._base import NotApplicable, Probe
from core.train.probes._truth import truth
from core.train.references import NeuronRef, SampleRef
from core.train.tracing import Tracing

if TYPE_CHECKING:
    from core.train.session import Session

MOST = 2000
BEST = 9
BINS = 24
# Answers that differ by less than this share of their size are one: there is no room for bins between them.
SAME = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Excites:
    """The `best` of `looked_at` training samples, in falling order, with the answers of the neuron to them, their
    targets in words, and what they look like: pictures (height, width, channels) or rows of numbers; `texts` where they
    are made of words.

    An answer is the output behind the activation; of a map or a sequence, its largest number. `counts` says how many
    answers lie between each two `edges`; `silent` is the share of answers of exactly 0.
    """

    ref: NeuronRef
    best: tuple[SampleRef, ...]
    answers: tuple[float, ...]
    truths: tuple[str, ...]
    looks: tuple[Array, ...]
    features: tuple[str, ...]
    looked_at: int
    counts: tuple[int, ...]
    edges: tuple[float, float]
    silent: float
    texts: tuple[str, ...] = ()


def compute(session: Session, node: str = "", number: int = 0) -> Excites | NotApplicable:
    """The training samples, of at most MOST that are evenly chosen, that neuron `number` of `node` answers to most."""
    named = units(session)
    if node not in named:
        return NotApplicable("This node is not part of the network that is trained.")
    trace = Tracing(session, named)
    unit = named[trace.weighted(node)]
    end = trace.answering(unit)
    number %= end.shape[-1] if end.shape else 1
    places = evenly(len(session.parts.train), MOST)
    samples = session.parts.train.take(places)
    given = session.network.predict(samples.x, end.id)[..., number].reshape(len(places), -1)
    answers = given.max(axis=1).astype(np.float64)
    order = np.argsort(-np.nan_to_num(answers, nan=-np.inf), kind="stable")[:BEST]
    counts, low, high = _spread(answers[np.isfinite(answers)])
    spec = session.parts.spec
    shape = spec.pixels or spec.shape
    return Excites(
        NeuronRef(unit.id, number), tuple(SampleRef("train", int(places[i])) for i in order),
        tuple(float(answers[i]) for i in order), tuple(truth(session, samples.y[i]) for i in order),
        tuple(samples.x[i].reshape(shape) for i in order), spec.features, len(places), counts, (low, high),
        float(np.mean(answers == 0.0)), _texts(session, places[order]))


def _texts(session: Session, places: Array) -> tuple[str, ...]:
    if not session.parts.spec.tokens:
        return ()
    shown = gallery(session, "train")
    return tuple(shown.text(int(place)) for place in places) if shown.look == "texts" else ()


def _spread(answers: Array) -> tuple[tuple[int, ...], float, float]:
    low, high = (float(answers.min()), float(answers.max())) if answers.size else (0.0, 0.0)
    size = max(abs(low), abs(high))
    if high - low <= SAME * size:
        half = max(0.5, SAME * size)
        low, high = low - half, high + half
    counts, _ = np.histogram(answers, BINS, (low, high))
    return tuple(map(int, counts)), low, high


PROBE = Probe("excites", compute)
