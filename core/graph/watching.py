"""Is there what a run is to be judged by?"""
from __future__ import annotations

from core.datasets import DataSpec
from core.errors import Problem
from core.graph.document import Document
from core.graph.settings import DataSettings
from core.params import Kind

HELD_OUT = ("validation_loss", "validation_accuracy")
SHARED = ("accuracy", "validation_accuracy")


def watching_problems(doc: Document, spec: DataSpec | None) -> list[Problem]:
    """What stands between the number that is to be watched and the data. Nothing, if nobody goes by it.

    The settings must have been checked.
    """
    training, monitor = doc.training, doc.training.get("monitor", "auto")
    schedule = training.get("schedule")
    waits = isinstance(schedule, Kind) and schedule.kind == "reduce_on_plateau"
    if not (training.get("early_stopping") or training.get("restore_best") or waits):
        return []
    name = monitor.replace("_", " ")
    if monitor in HELD_OUT and not DataSettings.known(doc.data).watched:
        return [Problem("training.monitor", f"The {name} is to be watched, but there is no validation part.",
                        param="monitor", hint="Hold back a share of the data for validation, or watch the loss.")]
    predicts = training.get("rule") != "autoencoder" and (spec is None or spec.classification)
    if monitor in SHARED and not predicts:
        return [Problem("training.monitor", f"The {name} is to be watched, but no classes are predicted.",
                        param="monitor", hint="Watch the loss.")]
    return []
