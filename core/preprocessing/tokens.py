"""From texts to rows of whole numbers."""
from __future__ import annotations

from dataclasses import replace
from typing import cast

from core.errors import DataError, Problem
from core.kinds import Info
from core.params import Bool, Choice, Int
from core.preprocessing._base import OnColumns
from core.preprocessing._columns import Column, ColumnSpec
from core.preprocessing._words import FIRST, Vocabulary


class Tokens(OnColumns):
    """Texts (n,) become rows (n, length) of whole numbers, one for each word: what an Embedding takes.

    0 fills short texts up, 1 is a word that is not in the vocabulary, 2 the most frequent word of the training part;
    words that are equally frequent come in the order of the alphabet. Of longer texts the end is left out.
    """

    info = Info("tokens", "Words to numbers", "A number for each word or character", "Text", "tokens",
                keywords=("tokenize", "tokenise", "text", "vocabulary", "words", "characters", "TextVectorization"))
    wants = "text"
    by = Choice(default="words", options={"words": "Words", "characters": "Characters"}, label="Split by",
                doc="What gets a number.")
    vocabulary = Int(default=1000, low=FIRST + 1, high=1_000_000, doc="How many numbers there are, with 0 for padding "
                     "and 1 for unknown words; the Embedding needs as many.")
    length = Int(default=20, low=1, high=100_000, doc="How many numbers each text becomes.")
    padding = Choice(default="start", options={"start": "Before the text", "end": "After the text"},
                     doc="Where short texts are filled up with 0.")
    lower = Bool(default=True, label="Lower case", doc="Take upper and lower case letters as the same.")

    def fits(self, spec: ColumnSpec) -> bool:
        return spec.kind == "text"

    def learn(self, column: Column) -> Vocabulary:
        known = Vocabulary.learned(column.values, self.vocabulary, self.by, lower=self.lower)
        if not known.words:
            raise DataError(Problem("steps.words", f'{self.info.title}: column "{column.spec.name}" holds no '
                                    f"{self.by}.", param="steps", hint="Choose another column, or ignore this one."))
        return known

    def change(self, column: Column, learned: object) -> Column:
        rows = cast(Vocabulary, learned).rows(column.values, self.length, at_start=self.padding == "start")
        return Column(self.outcome(column.spec), rows)

    def outcome(self, spec: ColumnSpec) -> ColumnSpec:
        return replace(spec, kind="number", shape=(self.length,), tokens=self.vocabulary, missing=0)
