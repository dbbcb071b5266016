"""What came of a run: as one object for machines, as text for people, and as a folder of files."""
from __future__ import annotations

import errno
import json
import math
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from core.datasets import Samples
from core.errors import FormatError, Problem
from core.io import atomic, documents
from core.io.exporters import EXPORTERS
from core.io.history import history
from core.metrics import measure_all
from core.train.events import Failed, Finished
from core.train.session import Session

WEIGHTS = ("safetensors", "npz")
READ = ("loss", "accuracy")


def summarise(session: Session, ending: Finished | Failed, *, metrics: bool = True) -> dict[str, Any]:
    """The numbers of a run. Losses and metrics are those of the trained network, in evaluation mode.

    Where a step scales the numbers to predict, the loss is that of the scaled ones, as in training, and the metrics are
    in the data's own units. Without `metrics` there are only loss and accuracy of each part, which takes no more than a
    pass over the samples.
    """
    result: dict[str, Any] = {
        "status": ending.reason if isinstance(ending, Finished) else "failed",
        "statement": ending.summary if isinstance(ending, Finished) else ending.problem.text,
        "epochs": session.epoch,
        "steps": session.step,
        "seconds": round(session.seconds, 6),
        "parameters": session.network.parameters,
    }
    if session.rule.id == "perceptron":
        result["converged_epoch"] = session.epoch if result["status"] == "converged" else None
    parts = {"train": session.parts.train, "validation": session.parts.validation, "test": session.parts.test}
    for name, samples in parts.items():
        if len(samples):
            result[name] = _judged(session, samples, metrics)
    return result


def _judged(session: Session, samples: Samples, metrics: bool) -> dict[str, float | None]:
    """The loss of one part, and what is known about its predictions."""
    network, classes = session.network, len(session.parts.spec.classes)
    loss, accuracy = network.evaluate(samples, network.targets(samples.y))
    measured = {"accuracy": accuracy} if math.isfinite(accuracy) else {}
    # What gives its input back, or judges whether samples are real, predicts no target.
    if metrics and network.goals[0].predicts:
        own = session.parts.own
        measured = measure_all(own(network.predict(samples.x)), own(samples.y), classes)
    return {"loss": _number(loss), **{name: _number(value) for name, value in measured.items()}}


def text(result: Mapping[str, Any]) -> str:
    """The result as a few lines to read: of the metrics, only the accuracy."""
    lines = [result["statement"],
             f"{_many(result['epochs'], 'epoch')}, {_many(result['steps'], 'step')}, {result['seconds']:.2f} s, "
             f"{_many(result['parameters'], 'parameter')}"]
    for name in ("train", "validation", "test"):
        if name in result:
            shown = [f"{what} {_shown(what, result[name][what]):<8}" for what in READ if what in result[name]]
            lines.append(f"{name:<10}  {'  '.join(shown)}".rstrip())
    return "\n".join(lines)


def prepare(folder: Path) -> None:
    """Make the folder before the run, so that hours of training do not end in front of a closed door."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, "you may not write there")
    except OSError as error:
        reason = "there is a file of that name" if isinstance(error, FileExistsError) else error.strerror
        raise FormatError(Problem("file.write", f"The folder {folder} cannot take the results: {reason}.",
                                  hint="Name another one.")) from None


def write(folder: Path, session: Session, result: Mapping[str, Any]) -> None:
    """Leave the network, its weights, the history and the numbers in `folder`. Raises FormatError."""
    documents.write(session.document, folder / "network.json")
    weights = session.network.copies()
    for kind in WEIGHTS:
        exporter = EXPORTERS[kind]
        exporter.write(folder / f"weights{exporter.suffix}", weights, session.document)
    atomic.write_bytes(folder / "history.csv", history(session.series.since(0)).encode())
    atomic.write_bytes(folder / "metrics.json", (json.dumps(result, indent=2, allow_nan=False) + "\n").encode())


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _shown(what: str, value: float | None) -> str:
    if value is None:
        return "unknown"
    return f"{value:.1%}" if what == "accuracy" else f"{value:.4g}"


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + ("" if count == 1 else "s")
