"""Data from files that cannot be used as they are: what is offered."""
from __future__ import annotations

from pathlib import Path

import pytest

from core.datasets import source_for
from core.errors import DataError
from core.graph import edits
from core.graph.check import check
from core.graph.document import Document
from core.graph.first import first_network
from core.graph.fixes import Fix, fixes
from core.graph.sourcing import choose_source
from core.train.session import Session
from tests.core.datasets._picture_files import write_pictures


def document(path: Path) -> Document:
    return choose_source(edits.empty(), source_for(path))


def offers(doc: Document, code: str) -> dict[str, Fix]:
    report = check(doc)
    problem = next(problem for problem in report.problems if problem.code == code)
    return {fix.label: fix for fix in fixes(doc, report, problem)}


def test_dates_with_a_number_become_a_series_by_one_click(tmp_path: Path) -> None:
    rows = [f"2024-{1 + day // 28:02d}-{1 + day % 28:02d},{day % 7 / 10}" for day in range(60)]
    path = tmp_path / "weather.csv"
    path.write_text("\n".join(["day,degrees", *rows]))
    found = offers(document(path), "data.target")
    assert list(found) == ["Predict how the series goes on"]
    doc = first_network(found["Predict how the series goes on"].apply(document(path)))
    assert check(doc).problems == ()
    source = doc.data["source"]
    assert (source.kind, source.params["order"], doc.data["split"]) == ("time_series", "day", "ordered")


def test_without_a_target_the_last_columns_are_offered(tmp_path: Path) -> None:
    path = tmp_path / "plain.csv"
    path.write_text("\n".join(["a,b,c", *(f"{i * 0.5},{i * 1.25},{i * 0.125}" for i in range(30))]))
    doc = edits.set_data(document(path), {"roles": {"c": "input"}})
    found = offers(doc, "data.target")
    assert [label for label in found if label.startswith("Predict ") and "series" not in label] == [
        "Predict c", "Predict b", "Predict a"]
    report = check(found["Predict b"].apply(doc))
    assert report.spec is not None
    assert report.spec.target_names == ("b",)


def test_a_broken_picture_that_only_loading_finds_is_left_out_by_one_click(tmp_path: Path) -> None:
    root = write_pictures(tmp_path / "photos")
    (root / "red" / "9.png").write_bytes(b"nothing of that kind")
    doc = first_network(document(root))
    report = check(doc)
    assert report.ok
    with pytest.raises(DataError) as caught:
        Session(doc)
    (fix,) = fixes(doc, report, caught.value.problem)
    assert fix.label == "Skip broken pictures"
    mended = fix.apply(doc)
    assert check(mended).ok
    assert sum(map(len, (Session(mended).parts.train, Session(mended).parts.validation))) == 12

