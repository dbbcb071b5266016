"""How good predictions are, in the numbers of the field. A new file here is a new metric everywhere."""
from core.metrics._base import METRICS, Judged, Metric
from core.metrics._by_class import ByClass, by_class
from core.metrics._evaluate import judge, measure_all, predicted
from core.metrics._ranking import Ranked, average_precision, ranked, roc_area
from core.metrics._reliability import Reliability, reliability
from core.metrics._residuals import Residuals, residuals
from core.registry import discover

discover(__name__)

__all__ = [
    "METRICS",
    "ByClass",
    "Judged",
    "Metric",
    "Ranked",
    "Reliability",
    "Residuals",
    "average_precision",
    "by_class",
    "judge",
    "measure_all",
    "predicted",
    "ranked",
    "reliability",
    "residuals",
    "roc_area",
]
