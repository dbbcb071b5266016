"""The history of a training as a table."""
from __future__ import annotations

import csv
import io
import math

from core.layers import Array
from core.train.series import EPOCHS

COUNTS = ("epoch", "step")


def history(rows: Array) -> str:
    """The epochs as CSV, from rows of the series (epochs, columns): a line each; what was not measured is empty."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(EPOCHS)
    for row in rows.tolist():
        writer.writerow("" if math.isnan(value) else int(value) if name in COUNTS else value
                        for name, value in zip(EPOCHS, row, strict=True))
    return table.getvalue()
