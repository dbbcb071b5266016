"""Which way to make up a sample fits the data."""
from __future__ import annotations

from core.datasets import inputs, picture_shape
from core.graph.settings import DataSettings
from gui.trying._way import Way
from gui.trying.from_data import FromData
from gui.trying.sentence import Sentence
from gui.trying.sketch import Sketch
from gui.trying.typed import Typed


def way_for(settings: DataSettings) -> Way:
    """A picture is drawn, a text written, columns with names are typed; anything else is taken from the data.

    Raises CoreError if the data cannot be described.
    """
    dataset = settings.dataset
    columns = inputs(dataset, settings.recipe)
    only = columns[0] if len(columns) == 1 else None
    if only is not None and only.shape and picture_shape(dataset.spec()) is not None:
        return Sketch(only.name, dataset)
    if only is not None and only.kind == "text":
        return Sentence(only)
    if all(spec.names for spec in columns) and not any(spec.tokens for spec in columns):
        return Typed(columns)
    return FromData(only if only is not None and only.shape else None)
