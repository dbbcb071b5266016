"""Which steps of preprocessing have something to do for the data of a document."""
from __future__ import annotations

import pytest

from core.graph import edits
from core.graph.steps import useful
from core.preprocessing import STEPS

TURNED = {"random_flip", "random_shift", "random_rotation", "random_zoom"}


@pytest.mark.parametrize(("source", "there", "lacking"), [
    ("spiral", {"plane_features", "standardise", "class_weights"}, {"one_hot", "tokens", "fill_missing", *TURNED}),
    ("iris", {"standardise", "drop_columns", "class_weights"}, {"plane_features", "scale_target", "date_parts"}),
    ("digits", TURNED, {"tokens", "plane_features"}),
    ("diabetes", {"scale_target", "log"}, {"class_weights", *TURNED}),
    ("brackets", {"class_weights", "shuffle"}, {"standardise", "one_hot", *TURNED}),
    ("sentences", {"tokens"}, {"standardise", "plane_features"}),
])
def test_steps_that_have_something_to_do_are_known(source: str, there: set[str], lacking: set[str]) -> None:
    found = useful(edits.set_data(edits.empty(), {"source": source}))
    assert there <= found
    assert not lacking & found


def test_where_nobody_knows_the_data_every_step_may_be_useful() -> None:
    doc = edits.set_data(edits.empty(), {"source": {"kind": "table", "params": {"path": "/nowhere.csv"}}})
    assert useful(doc) == set(STEPS)
