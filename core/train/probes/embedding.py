"""What a layer makes of samples, seen in the plane of its two principal components."""
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.graph.order import upstream
from core.statistics import aligned, evenly, principal
from core.train.gallery import Gallery, gallery
from core.train.prediction import read
from core.train.probes._base import NotApplicable, Probe
from core.train.sampling import part_of, sizes

if TYPE_CHECKING:
    from core.train.session import Session

MOST = 2000


@dataclass(frozen=True, slots=True, eq=False)
class Embedding:
    """The outputs of `node`, (width) each, on their first two principal components: places (n, 2) of n samples of
    `part`, evenly chosen of `total`; `numbers` (n,) are those of the samples.

    `shares` of the variance that the two explain. truth (n,) is class numbers of `names`, or, where there are no names,
    numbers in the data's own units; wrong (n,) says which samples are taken for another class. `nodes` can be chosen.
    `outputs` (n, d) is the outputs themselves, if they were asked for.
    """

    node: str
    nodes: tuple[str, ...]
    width: int
    part: str
    parts: tuple[str, ...]
    total: int
    numbers: np.ndarray
    places: np.ndarray
    shares: tuple[float, float]
    truth: np.ndarray
    names: tuple[str, ...]
    wrong: np.ndarray | None
    gallery: Gallery
    step: int
    outputs: np.ndarray | None = None


def compute(session: Session, node: str = "", part: str = "", outputs: bool = False) -> Embedding | NotApplicable:
    """Look at the outputs of `node`, "" for the last hidden layer, or the narrowest where the input is given back."""
    nodes = _nodes(session)
    if not nodes:
        return NotApplicable("An embedding needs a layer between input and output. Add a Dense layer.")
    chosen = node if node in nodes else _usual(session, nodes)
    chosen_part = part_of(session, part)
    whole = getattr(session.parts, chosen_part)
    numbers = evenly(len(whole), MOST)
    samples = whole.take(numbers)
    network = session.network
    found = network.outputs(samples.x, [chosen, network.output])
    flat = found[chosen].reshape(len(samples), -1)
    if not np.isfinite(flat).all():
        return NotApplicable("The outputs of this layer are no numbers any more. Reset, and lower the learning rate.")
    scores, shares = principal(flat)
    key = ("embedding", chosen, chosen_part)
    scores = session.cache[key] = aligned(scores, session.cache.get(key))
    answer, spec = read(session, found[network.output]), session.parts.spec
    truth = samples.y if spec.classification else session.parts.own(samples.y.reshape(len(samples), -1))[:, 0]
    wrong = None if answer.best is None else answer.best != samples.y
    parts = tuple(name for name, _ in sizes(session))
    return Embedding(chosen, nodes, flat.shape[1], chosen_part, parts, len(whole), numbers, scores,
                     (float(shares[0]), float(shares[1])), truth, spec.classes, wrong,
                     gallery(session, chosen_part), session.seen.step, flat if outputs else None)


def _nodes(session: Session) -> tuple[str, ...]:
    """What depends on the samples, in order, but for the Outputs and what only hands on."""
    fed = {unit.id for unit in session.network.units if unit.layer.role == "input"}
    document = session.document
    return tuple(unit.id for unit in session.network.units
                 if unit.layer.role not in ("input", "output") and fed & upstream(document, [unit.id]))


def _usual(session: Session, nodes: tuple[str, ...]) -> str:
    """The narrowest layer with weights where the input is given back, with its activation; else the last hidden one."""
    network = session.network
    units = {unit.id: unit for unit in network.units}
    weighted = [node for node in nodes if network.weights[node]]
    if network.goals[0].encoding == "input" and weighted:
        return min(weighted, key=lambda node: int(np.prod(units[node].shape)))
    # What the last layer with weights gives is the prediction itself; what goes into it is hidden.
    before = units[weighted[-1]].sources[0] if weighted else nodes[-1]
    return before if before in nodes else nodes[-1]


PROBE = Probe("embedding", compute)
