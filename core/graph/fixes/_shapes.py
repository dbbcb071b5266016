"""Fixes for shapes: a layer put between that gives the shape that is wanted."""
from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial

from core.errors import CoreError
from core.graph.document import Document, Edge
from core.graph.fixes._base import FLATTEN, Case, Fix, Step, insert, mends, reshaping, setting, step_title
from core.layers import Layer, Shape, show

MOST = 2


@mends("shape.rank")
def other_shape(case: Case) -> Iterator[Fix]:
    """Put Flatten or Reshape before a layer that wants another number of axes."""
    layer, shapes = case.layer, case.arriving(case.name)
    if layer is None or shapes is None:
        return
    if len(shapes) > 1:
        yield from _flatten_all(case, layer, shapes)
        return
    edge = case.wire(case.name, layer.inputs[0].name)
    wanted = [shape for shape in _same_numbers(shapes[0]) if _takes(layer, shape)]
    if edge is not None:
        yield from (_put(edge, reshaping(shape)) for shape in wanted[:MOST])


@mends("shape.differ")
def bring_together(case: Case) -> Iterator[Fix]:
    """Bring the inputs of a merging layer to the same shape, changing the one or the other."""
    layer, shapes = case.layer, case.arriving(case.name)
    if layer is None or shapes is None or len(shapes) != 2:
        return
    for index, wanted in ((0, shapes[1]), (1, shapes[0])):
        edge = case.wire(case.name, layer.inputs[index].name)
        if edge is not None:
            where = f" at {layer.inputs[index].name}"
            yield from (_put(edge, step, where) for step in _steps(shapes[index], wanted))
    if not all(len(shape) == 1 for shape in shapes):
        yield from _flatten_all(case, layer, shapes)


@mends("shape.size")
def fill(case: Case) -> Iterator[Fix]:
    """Another target for Reshape: the first length that is left open."""
    shapes, target = case.arriving(case.name), getattr(case.layer, "target", ())
    if shapes is None:
        return
    size = math.prod(shapes[0])
    for index in range(len(target)):
        others = math.prod(length for i, length in enumerate(target) if i != index and length != -1)
        if size % others == 0:
            fitting = [size // others if i == index else length for i, length in enumerate(target)]
            yield setting(f"Set the target to {show(tuple(fitting))}", case.name, target=fitting)
    yield setting(f"Set the target to {show((size,))}", case.name, target=[size])


@mends("shape.window")
def pad(case: Case) -> Iterator[Fix]:
    """Padding, or a smaller window."""
    layer, shapes = case.layer, case.arriving(case.name)
    if layer is None or shapes is None:
        return
    if "padding" in layer.params:
        yield setting("Set the padding to same", case.name, padding="same")
    name = next((k for k in ("kernel_size", "pool_size") if k in layer.params), None)
    if name is not None and isinstance(size := getattr(layer, name), (int, tuple)):
        lengths = (size,) if isinstance(size, int) else size
        smaller = tuple(min(length, axis) for length, axis in zip(lengths * 2, shapes[0], strict=False))[:len(lengths)]
        value = smaller[0] if isinstance(size, int) else list(smaller)
        yield setting(f"Shrink the window to {show(smaller)}", case.name, **{name: value})


@mends("shape.groups", "shape.heads")
def divisor(case: Case) -> Iterator[Fix]:
    """The largest number of groups or heads that divides."""
    name = "groups" if case.problem.code == "shape.groups" else "num_heads"
    shapes = case.arriving(case.name)
    if shapes is None:
        return
    now = int(getattr(case.layer, name))
    for count in range(now - 1, 0, -1):
        if shapes[0][-1] % count == 0 and getattr(case.layer, "filters", count) % count == 0:
            yield setting(f"Set {name.removeprefix('num_')} to {count}", case.name, **{name: count})
            return


@mends("input.shape")
def take_shape(case: Case) -> Iterator[Fix]:
    """Whatever shape the data has."""
    yield setting("Take the shape from the data", case.name, shape=[])


@mends("shape.axis")
def last_axis(case: Case) -> Iterator[Fix]:
    """The last axis is always there."""
    yield setting("Use the last axis", case.name, axis=-1)


@mends("shape.axes")
def turn_round(case: Case) -> Iterator[Fix]:
    """No order of its own, which turns the axes round."""
    yield setting("Reverse the axes", case.name, dims=[])


def _flatten_all(case: Case, layer: Layer, shapes: tuple[Shape, ...]) -> Iterator[Fix]:
    wires = [case.wire(case.name, port.name) for port in layer.inputs]
    many = [wire for wire, shape in zip(wires, shapes, strict=True) if wire is not None and len(shape) > 1]

    def apply(doc: Document) -> Document:
        for edge in many:
            doc = insert(doc, edge, [FLATTEN])
        return doc

    if many:
        yield Fix("Insert Flatten" if len(many) == 1 else f"Insert {len(many)} Flatten layers", apply)


def _put(edge: Edge, step: Step, where: str = "") -> Fix:
    return Fix(f"Insert {step_title(step)}{where}", partial(insert, edge=edge, steps=[step]))


def _takes(layer: Layer, shape: Shape) -> bool:
    try:
        layer.infer(shape)
    except CoreError:
        return False
    return True


def _same_numbers(shape: Shape) -> Iterator[Shape]:
    """Other shapes with as many numbers, those that mean most first."""
    size = math.prod(shape)
    if len(shape) > 1:
        yield (size,)
    if len(shape) == 1:
        for channels in (1, 3):
            side = math.isqrt(size // channels)
            if side > 1 and side * side * channels == size:
                yield side, side, channels
        yield size, 1
    if len(shape) == 2:
        yield *shape, 1
    if len(shape) == 3:
        yield shape[0] * shape[1], shape[2]


def _steps(shape: Shape, wanted: Shape) -> Iterator[Step]:
    """What brings one shape to another."""
    if math.prod(shape) == math.prod(wanted):
        yield reshaping(wanted)
    elif shape[:-1] == wanted[:-1]:
        yield "dense", {"units": wanted[-1]}
