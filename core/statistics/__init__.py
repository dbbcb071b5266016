"""What can be seen in data: rows, measures of columns, how columns go together. Slow for large data."""
from core.statistics._choose import evenly, of_class, order
from core.statistics._correlation import Correlation, correlate, pearson
from core.statistics._frame import PARTS, Frame, gather, gather_prepared, pictures_in, series_in
from core.statistics._labels import Labels, labels_of
from core.statistics._summary import Summary, summarise

__all__ = [
    "PARTS",
    "Correlation",
    "Frame",
    "Labels",
    "Summary",
    "correlate",
    "evenly",
    "gather",
    "gather_prepared",
    "labels_of",
    "of_class",
    "order",
    "pearson",
    "pictures_in",
    "series_in",
    "summarise",
]
