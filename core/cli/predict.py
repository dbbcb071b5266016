"""`layerloom predict`: what a trained network says about new data."""
from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from core.cli._base import Command, add_file, open_document, say

if TYPE_CHECKING:
    from core.train.prediction import Prediction


def _arguments(parser: argparse.ArgumentParser) -> None:
    add_file(parser)
    parser.add_argument("--weights", metavar="W", required=True,
                        help="the trained weights: .safetensors, .npz or .loom")
    parser.add_argument("--input", metavar="DATA", required=True,
                        help="the samples: a table with the columns that the network was trained on, .npy or .npz, a "
                        "picture or a folder of pictures; or a data set such as dataset:iris")
    parser.add_argument("--output", metavar="FILE", required=True, type=Path,
                        help="the CSV file to write, a row for each sample")


def _run(chosen: argparse.Namespace) -> int:
    from core.cli._inputs import inputs
    from core.io import tables, weights
    from core.train.prediction import predict
    from core.train.session import Session

    session = Session(open_document(chosen.file))
    weights.fit(session.network, weights.read(chosen.weights))
    columns, files = inputs(chosen.input, session)
    prediction = predict(session, columns)
    names, rows = _table(prediction)
    if files:
        names, rows = ["file", *names], [[file, *row] for file, row in zip(files, rows, strict=True)]
    tables.write(chosen.output, names, rows)
    many = "1 prediction is" if len(rows) == 1 else f"{len(rows):,} predictions are"
    say(f"{many} in {chosen.output}.")
    return 0


def _table(found: Prediction) -> tuple[list[str], list[list[str | float]]]:
    """Column names and rows: the predicted class first, then how sure the network is of each."""
    # As many digits as a number of this precision has.
    values = [[float(f"{value:.7g}") for value in row] for row in found.values]
    if found.best is None:
        return list(found.names), [[*row] for row in values]
    best = [found.names[code] for code in found.best]
    share = "probability" if found.probabilities else "score"
    return ["prediction", *(f"{share} {name}" for name in found.names)], \
        [[word, *row] for word, row in zip(best, values, strict=True)]


Command(name="predict", summary="Say what a trained network makes of new data.", arguments=_arguments, run=_run)
