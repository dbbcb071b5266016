"""Where samples come from, and how they are made ready. A new file here is a new data set everywhere."""
from core.datasets._base import DATASETS, Dataset, DataSpec, Samples
from core.datasets._prepare import Parts, describe, needless_test, one_hot, prepare
from core.datasets._scaling import SCALINGS, Scaler
from core.registry import discover

discover(__name__)

__all__ = [
    "DATASETS",
    "SCALINGS",
    "DataSpec",
    "Dataset",
    "Parts",
    "Samples",
    "Scaler",
    "describe",
    "needless_test",
    "one_hot",
    "prepare",
]
