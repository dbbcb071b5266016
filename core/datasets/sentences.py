"""Short sentences that praise or complain."""
from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

import resources
from core.datasets._table import TableDataset
from core.kinds import Info
from core.preprocessing import Column, Columns, ColumnSpec, Specs

FILE = Path(resources.__file__).parent / "data" / "sentences.tsv"
CLASSES = ("negative", "positive")


class Sentences(TableDataset):
    """682 short English sentences about food, films, journeys, tools, weather, service and sport.

    Columns: "sentence", a text; "sentiment", negative or positive, half of them each. Many topics and phrases occur on
    both sides, so that single words are not enough. Written for this program.
    """

    info = Info("sentences", "Sentences", "Short sentences that praise or complain", category="Text",
                keywords=("text", "sentiment", "reviews", "words", "positive", "negative", "nlp", "language"))

    def count(self) -> int:
        return len(_read()[0])

    def columns(self) -> Specs:
        return ColumnSpec("sentence", "text"), ColumnSpec("sentiment", "category", "target", CLASSES)

    def table(self, seed: int) -> Columns:
        text, sentiment = self.columns()
        sentences, classes = _read()
        return Column(text, sentences.copy()), Column(sentiment, classes.copy())


@cache
def _read() -> tuple[np.ndarray, np.ndarray]:
    lines = FILE.read_text("utf-8").splitlines()[1:]
    pairs = [line.split("\t") for line in lines]
    return (np.array([sentence for sentence, _ in pairs], object),
            np.array([CLASSES.index(sentiment) for _, sentiment in pairs], np.int32))
