"""Several columns to predict, of which some hold few whole numbers."""
from __future__ import annotations

import numpy as np

from core.datasets import DATASETS, Recipe, prepare, source_for

ROWS = 30


def prepared(path, text, *targets):
    path.write_text(text)
    source = source_for(path)
    return prepare(DATASETS[source.kind](**source.params),
                   Recipe(roles={"x": "input", **dict.fromkeys(targets, "target")}))


def test_few_whole_numbers_beside_a_number_to_predict_stay_what_they_are(tmp_path):
    text = "\n".join(["x,stars,price", *(f"{i / 4 + 0.1},{i % 3 + 3},{i * 1.5 + 0.25}" for i in range(ROWS))])
    parts = prepared(tmp_path / "hotels.csv", text, "stars", "price")
    assert (parts.spec.targets, parts.spec.multi_label) == (2, False)
    np.testing.assert_allclose(parts.train.y[:3], [[3, 0.25], [4, 1.75], [5, 3.25]])


def test_columns_that_all_have_two_values_are_answers_of_no_and_yes(tmp_path):
    text = "\n".join(["x,level,loud", *(f"{i / 4 + 0.1},{5 + 2 * (i % 2)},{'ny'[i % 3 == 0]}" for i in range(ROWS))])
    parts = prepared(tmp_path / "rooms.csv", text, "level", "loud")
    assert (parts.spec.targets, parts.spec.multi_label) == (2, True)
    np.testing.assert_array_equal(parts.train.y[:3], [[0, 1], [1, 0], [0, 0]])
