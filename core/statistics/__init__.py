"""What can be seen in data: rows, measures of columns, how columns go together. Slow for large data."""
from core.statistics._choose import evenly, of_class, order, spread_rows, value_range
from core.statistics._correlation import Correlation, correlate, pearson
from core.statistics._frame import PARTS, Frame, gather, gather_prepared, pictures_in, series_in
from core.statistics._labels import Labels, labelled, labels_of
from core.statistics._pca import aligned, principal
from core.statistics._points import Points, points
from core.statistics._shades import as_bytes, brightness
from core.statistics._summary import Summary, summarise
from core.statistics._telling import telling
from core.statistics._tsne import Neighbours, tsne
from core.statistics._words import known_words

__all__ = [
    "PARTS",
    "Correlation",
    "Frame",
    "Labels",
    "Neighbours",
    "Points",
    "Summary",
    "aligned",
    "as_bytes",
    "brightness",
    "correlate",
    "evenly",
    "gather",
    "gather_prepared",
    "known_words",
    "labelled",
    "labels_of",
    "of_class",
    "order",
    "pearson",
    "pictures_in",
    "points",
    "principal",
    "series_in",
    "spread_rows",
    "summarise",
    "telling",
    "tsne",
    "value_range",
]
