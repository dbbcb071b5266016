"""Which kinds a new node can be so that a wire to or from it makes sense."""
from __future__ import annotations

from collections.abc import Mapping

from core.errors import CoreError
from core.layers import LAYERS, Layer, Shape


def what_fits(shapes: Mapping[str, Shape], source: str | None, target: tuple[str, str] | None) -> list[str]:
    """The kinds that take what `source` gives at their first input and have an output for the port `target`.

    `shapes` are the output shapes as far as they are known. A kind that refuses the shape of `source` with its
    default parameters does not fit; where it has other inputs, nobody knows what will arrive there, and it does.
    """
    shape = shapes.get(source) if source is not None else None
    return [kind for kind, layer in LAYERS.items()
            if (target is None or layer.role != "output") and (source is None or _takes(layer, shape))]


def _takes(layer: type[Layer], shape: Shape | None) -> bool:
    if not layer.inputs:
        return False
    if shape is None or len(layer.inputs) > 1:
        return True
    try:
        layer().infer(shape)
    except CoreError:
        return False
    return True
