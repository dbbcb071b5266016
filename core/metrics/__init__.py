"""How good predictions are, in the numbers of the field. A new file here is a new metric everywhere."""
from core.metrics._base import METRICS, Judged, Metric
from core.metrics._evaluate import judge, measure_all, predicted
from core.registry import discover

discover(__name__)

__all__ = ["METRICS", "Judged", "Metric", "judge", "measure_all", "predicted"]
