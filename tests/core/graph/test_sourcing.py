"""Choosing a source takes along what belongs to it, and leaves behind what does not."""
from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.datasets import DATASETS, deferred, glimpse
from core.errors import ParamError
from core.graph import edits, steps
from core.graph.check import check
from core.graph.document import Document
from core.graph.sourcing import choose_source, settle_source, suggested
from core.params import Kind
from core.params import Path as PathParam
from core.preprocessing import STEPS, ColumnSpec, infer
from tests.core._build import xor


def kinds(doc: Document) -> list[str]:
    return [step.kind for step in doc.data["steps"]]


def with_data(**values: object) -> Document:
    return edits.set_data(edits.empty(), values)


def test_steps_that_fit_the_new_source_stay_and_others_go() -> None:
    doc = with_data(source="wine", steps=["standardise", {"kind": "log", "params": {"columns": ["ash"]}}])
    assert kinds(choose_source(doc, Kind("iris"))) == ["standardise"]


def test_steps_for_pictures_go_with_the_pictures() -> None:
    pictures = {"kind": "mnist", "params": {"flatten": False}}
    doc = with_data(source=pictures, steps=["random_flip", "min_max"])
    assert kinds(choose_source(doc, Kind("iris"))) == ["min_max"]


def test_roles_of_another_source_are_forgotten() -> None:
    doc = with_data(source="iris", roles={"sepal width (cm)": "ignore"})
    assert dict(choose_source(doc, Kind("wine")).data["roles"]) == {}


def test_another_number_of_the_same_source_keeps_the_roles_that_are_left() -> None:
    table = {"kind": "make_classification", "params": {}}
    doc = with_data(source=table, roles={"x3": "ignore", "x19": "ignore"})
    fewer = Kind("make_classification", {"features": 18, "informative": 10})
    assert dict(choose_source(doc, fewer).data["roles"]) == {"x3": "ignore"}


def test_a_share_for_the_test_goes_where_the_data_bring_a_test_part() -> None:
    doc = with_data(source="iris", test=0.3, validation=0.1)
    chosen = choose_source(doc, Kind("mnist"))
    assert (chosen.data["test"], chosen.data["validation"]) == (0.0, 0.1)


def test_a_source_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ParamError, match="no data set 'spirall'"):
        choose_source(edits.empty(), Kind("spirall"))


def test_what_columns_need_is_suggested_by_what_they_hold() -> None:
    class Table(DATASETS["iris"]):  # type: ignore[misc, name-defined]
        tabular = True

    columns = (ColumnSpec("age", missing=3), ColumnSpec("city", "category", categories=("Oslo", "Rome")),
               ColumnSpec("since", "date"))
    found = suggested(Table(), columns)
    assert [step.kind for step in found][:2] == ["fill_missing", "date_parts"]
    assert {"one_hot", "standardise"} <= {step.kind for step in found}
    made = infer([STEPS[step.kind](**step.params) for step in found], columns)
    assert made.shape[0] >= 4


def test_many_categories_become_one_number_each() -> None:
    wide = ColumnSpec("street", "category", categories=tuple(f"street {i}" for i in range(100)))
    assert [step.kind for step in suggested(DATASETS["iris"](), (wide,))] == ["ordinal"]


def test_numbers_that_are_complete_need_nothing() -> None:
    assert suggested(DATASETS["iris"](), (ColumnSpec("x", shape=(2,), parts=("x1", "x2")),)) == ()


def test_nothing_is_suggested_before_the_file_is_read(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", x=np.zeros((4, 3)), y=np.array([0, 1, 0, 1]))
    source = Kind("arrays", DATASETS["arrays"](path=str(tmp_path / "a.npz")).config())
    with deferred():
        waiting = choose_source(with_data(source="iris", steps=["standardise"]), source)
    assert kinds(waiting) == []
    settled = settle_source(waiting)
    assert settled.data["source"] == source


def test_steps_are_added_moved_changed_and_removed() -> None:
    doc = steps.add_step(steps.add_step(edits.empty(), "standardise"), "min_max")
    doc = steps.add_step(doc, "log", 0)
    assert kinds(doc) == ["log", "standardise", "min_max"]
    doc = steps.move_step(doc, 0, 2)
    assert kinds(doc) == ["standardise", "min_max", "log"]
    doc = steps.set_step(doc, 2, {"columns": ["x1"]})
    assert doc.data["steps"][2].params["columns"] == ("x1",)
    assert kinds(steps.remove_step(doc, 1)) == ["standardise", "log"]


@pytest.mark.parametrize("kind", ["circle", "xor", "iris", "rings"])
def test_a_glimpse_holds_a_few_points_within_a_square(kind: str) -> None:
    seen = glimpse(DATASETS[kind]())
    assert 0 < len(seen.points) <= 150
    assert all(0 <= x <= 1 and 0 <= y <= 1 and value in range(seen.classes) for x, y, value in seen.points)
    assert sum(seen.counts) == DATASETS[kind]().count()


def test_a_glimpse_of_pictures_holds_pictures() -> None:
    seen = glimpse(DATASETS["digits"]())
    assert {(picture.width, picture.height, len(picture.pixels)) for picture in seen.pictures} == {(8, 8, 64)}
    assert max(seen.pictures[0].pixels) == 255


def test_a_glimpse_tells_whether_a_seed_draws_other_points() -> None:
    assert glimpse(DATASETS["circle"]()).drawn
    assert not glimpse(DATASETS["xor"]()).drawn
    assert not glimpse(DATASETS["iris"]()).drawn


def test_numbers_to_predict_have_values_from_minus_one_to_one() -> None:
    values = [value for _, _, value in glimpse(DATASETS["regression_plane"]()).points]
    assert min(values) < -0.5
    assert max(values) > 0.5
    assert max(map(abs, values)) <= 1


SELF_CONTAINED = sorted(kind for kind, source in DATASETS.items() if kind != "drawn" and not any(
    isinstance(param, PathParam) for param in source.params.values()))


@pytest.mark.parametrize("kind", SELF_CONTAINED)
def test_every_source_is_ready_for_a_network_once_it_is_chosen(kind: str) -> None:
    doc = edits.set_data(xor(), {"source": "wine", "roles": {"ash": "ignore"}, "steps": ["standardise"], "test": 0.2})
    doc = choose_source(doc, Kind(kind, DATASETS[kind]().config()))
    report = check(doc)
    assert report.spec is not None
    found = [p.text for p in report.problems if p.blocks and p.code.split(".")[0] in ("data", "steps")]
    # What is to be downloaded first is another matter.
    assert all("was not found" in text for text in found)


def test_a_series_is_split_in_its_order_and_other_data_are_not(tmp_path: Path) -> None:
    file = tmp_path / "series.csv"
    file.write_text("t\n" + "\n".join(str(number % 7) for number in range(100)))
    series = Kind("time_series", DATASETS["time_series"](path=str(file)).config())
    doc = choose_source(edits.empty(), series)
    assert doc.data["split"] == "ordered"
    assert choose_source(doc, Kind("iris")).data["split"] == "stratified"


def test_a_glimpse_reaches_from_the_first_sample_to_the_last():
    points = [[n / 100, 0.0, 0] for n in range(500)] + [[n / 100, 9.0, 1] for n in range(42)]
    seen = glimpse(DATASETS["drawn"](points=points)).points
    assert len(seen) == 150
    assert {value for _, _, value in seen} == {0.0, 1.0}
