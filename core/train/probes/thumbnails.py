"""What nodes compute, each as a small picture: over the plane for data of two numbers, else for one sample."""
from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from core.engine.plan import Unit
from core.errors import DataError
from core.graph.neurons import shown
from core.layers._attending import Attending
from core.layers._recurrent import Recurrent
from core.train.cached import once
from core.train.probes._base import Probe
from core.train.probes._grid import known_grid
from core.train.probes._plane import judged
from core.train.probes._states import walked_states
from core.train.probes._thumbnail import (
    BOUNDED,
    CELLS,
    HEADS,
    Thumbnail,
    bars,
    maps,
    picture,
    planes,
    states,
    tiles,
)
from core.train.references import SampleRef
from core.train.sampling import found, look
from core.train.sampling import sample as taken

if TYPE_CHECKING:
    from core.train.session import Session

SIZE = 24
POINTS = 256
JUDGES = "real_or_generated"
FIRST = SampleRef()


@dataclass(frozen=True, slots=True, eq=False)
class Thumbnails:
    """`by_node` has every node that was asked for and is computed. `sample` is the one that those which are not over
    the plane are of. `x` and `y` are the edges of the plane in the data's own units, where there is one, `features` the
    names of its axes. `truth` is the class of the sample, if it has one, among `classes`."""

    by_node: Mapping[str, Thumbnail]
    sample: SampleRef
    x: tuple[float, float] = (0.0, 1.0)
    y: tuple[float, float] = (0.0, 1.0)
    features: tuple[str, str] = ("x1", "x2")
    truth: int | None = None
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Roles:
    """What is known of the nodes of a session, found out once: those whose output is a picture, those whose neurons are
    the probabilities of classes, and those that follow from the samples."""

    units: Mapping[str, Unit]
    pictures: frozenset[str]
    verdicts: frozenset[str]
    fed: frozenset[str]


def compute(session: Session, nodes: tuple[str, ...] = (), sample: SampleRef = FIRST, size: int = SIZE,
            columns: tuple[str, ...] = ()) -> Thumbnails:
    """Thumbnails of `nodes`, from one pass for all that are over the plane and one for those of the sample; planes have
    size x size cells. Of nodes among `columns` those neurons are taken that are drawn (`core.graph.neurons.shown`)."""
    roles, ref = _roles(session), found(session, sample)
    answer = Thumbnails({}, ref, truth=_truth(session, ref), classes=judged(session).classes)
    apart = {name: shown(roles.units[name].shape[0]) for name in columns if name in roles.units}
    asked = [name for name in nodes if name in roles.units]
    flat = [name for name in asked if session.parts.planar and _over_plane(roles, name)]
    drawn: dict[str, Thumbnail] = {}
    if flat:
        try:
            grid = known_grid(session, size)
        except DataError:
            flat = []
        else:
            answer = replace(answer, x=grid.x, y=grid.y, features=session.parts.axes)
            drawn |= _planes(session, roles, flat, grid.inputs, size, apart)
    drawn |= _of_sample(session, roles, [name for name in asked if name not in drawn], ref, apart)
    return replace(answer, by_node=drawn)


def _over_plane(roles: _Roles, name: str) -> bool:
    """True if the node has something to show over the plane: neurons, or points that are made of noise."""
    shape = roles.units[name].shape
    return len(shape) == 1 and (name in roles.fed or shape[0] == 2)


def _planes(session: Session, roles: _Roles, names: list[str], inputs: np.ndarray, size: int,
            apart: Mapping[str, Sequence[int]]) -> dict[str, Thumbnail]:
    drawn = {}
    for name, output in session.network.outputs(inputs, names).items():
        if name in roles.fed or name in apart:
            classes = judged(session).classes if name in roles.verdicts else ()
            drawn[name] = planes(name, output, size, numbers=apart.get(name), bounded=_bounded(roles.units[name]),
                                 classes=classes)
        else:
            made = tiles(name, "points", output[:POINTS], most=POINTS)
            drawn[name] = replace(made, window=_window(roles, name, inputs, made.values))
    return drawn


def _window(roles: _Roles, name: str, inputs: np.ndarray, points: np.ndarray) -> tuple[float, float, float, float]:
    """Where points are drawn: those that stand for samples where samples are, others within a square of their own."""
    judged_there = any(unit.layer.info.kind == JUDGES and name in unit.sources for unit in roles.units.values())
    if judged_there and inputs.shape[1:] == (2,):
        (left, bottom), (right, top) = inputs.min(0).tolist(), inputs.max(0).tolist()
        return left, right, bottom, top
    half = float(np.abs(points[np.isfinite(points)]).max(initial=1e-6))
    return -half, half, -half, half


def _of_sample(session: Session, roles: _Roles, names: list[str], ref: SampleRef,
               apart: Mapping[str, Sequence[int]]) -> dict[str, Thumbnail]:
    if not names:
        return {}
    before = {source for name in names if isinstance(roles.units[name].layer, (Attending, Recurrent))
              for source in roles.units[name].sources}
    outputs = session.network.outputs(taken(session, ref).x, sorted({*names, *before}))
    return {name: tiles(name, "strip", outputs[name][0], numbers=apart[name], scale=float(_bounded(roles.units[name])))
            if name in apart else _thumbnail(session, roles, roles.units[name], outputs) for name in names}


def _thumbnail(session: Session, roles: _Roles, unit: Unit, outputs: Mapping[str, np.ndarray]) -> Thumbnail:
    name, output = unit.id, outputs[unit.id][0]
    if name in roles.pictures:
        return picture(name, output, _picture_shape(session, unit), _shades(session))
    if isinstance(unit.layer, Attending):
        inputs = [outputs[source] for source in unit.sources]
        return tiles(name, "attention", unit.layer.attention(session.network.weights[name], *inputs)[0], most=HEADS)
    if isinstance(unit.layer, Recurrent):
        return states(name, walked_states(session, unit, outputs[unit.sources[0]][0]))
    if output.ndim == 3:
        return maps(name, output)
    if output.ndim == 2:
        return states(name, output)
    if name in roles.verdicts and (output.size > 1 or len(judged(session).classes) == 2):
        return bars(name, output, judged(session).classes)
    return tiles(name, "strip", output.reshape(-1), most=CELLS, scale=float(_bounded(unit)))


def _truth(session: Session, ref: SampleRef) -> int | None:
    if not session.parts.spec.classification:
        return None
    return int(taken(session, ref).y[0])


def _bounded(unit: Unit) -> bool:
    return unit.layer.info.kind in BOUNDED


def _picture_shape(session: Session, unit: Unit) -> tuple[int, int, int]:
    if len(unit.shape) == 3:
        return unit.shape[0], unit.shape[1], unit.shape[2]
    pixels = session.parts.spec.pixels
    assert pixels is not None
    return pixels[0], pixels[1], math.prod(unit.shape) // (pixels[0] * pixels[1])


def _shades(session: Session) -> tuple[float, float]:
    """The least and the largest number of pictures: black and white."""
    seen = look(session).x
    return once(session, ("thumbnails", "shades"), lambda: (float(seen.min()), float(seen.max())))


def _roles(session: Session) -> _Roles:
    units = {unit.id: unit for unit in session.network.units}
    return once(session, ("thumbnails", "roles"), lambda: _Roles(
        units, _pictures(session, units), _verdicts(session, units), _fed(units)))


def _fed(units: Mapping[str, Unit]) -> frozenset[str]:
    """Nodes whose output follows from the samples. What is judged in evaluation is the sample, not what is made."""
    fed: set[str] = set()
    for name, unit in units.items():
        if unit.layer.role == "input" or not fed.isdisjoint(unit.sources):
            fed.add(name)
    return frozenset(fed)


def _verdicts(session: Session, units: Mapping[str, Unit]) -> frozenset[str]:
    """Nodes that give the probabilities of the classes of the data, or of a sample being real."""
    ends = {goal.output for goal in session.network.goals if goal.from_data}
    if not judged(session).classification:
        return frozenset()
    last = {source for name in ends for source in units[name].sources
            if units[source].layer.info.kind in ("softmax", "sigmoid")}
    return frozenset(ends | last)


def _pictures(session: Session, units: Mapping[str, Unit]) -> frozenset[str]:
    """Nodes whose output is a sample that is a picture, or is to be like one."""
    pixels = session.parts.spec.pixels
    if pixels is None:
        return frozenset()
    area, drawn = pixels[0] * pixels[1], set[str]()
    for goal in session.network.goals:
        if goal.encoding == "input":
            drawn |= {goal.output, *units[goal.output].sources}
    for name, unit in units.items():
        kept = not unit.layer.trainable and not unit.layer.state(*(units[s].shape for s in unit.sources))
        same = kept and len(unit.sources) == 1 and unit.layer.passes_through(False)
        if unit.layer.role == "input" or (same and unit.sources[0] in drawn):
            drawn.add(name)
        if unit.layer.info.kind == JUDGES:
            drawn |= {name, *unit.sources}
    return frozenset(name for name in drawn if _is_picture(units[name].shape, area))


def _is_picture(shape: tuple[int, ...], area: int) -> bool:
    if len(shape) == 3:
        return shape[2] in (1, 3)
    return len(shape) == 1 and shape[0] in (area, 3 * area)


PROBE = Probe("thumbnails", compute)
