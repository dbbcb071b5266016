"""The plane of two columns: with values that are missing, and with steps that do not take every number."""
from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.datasets import source_for
from core.graph import edits
from core.graph.document import Document
from core.graph.painting import taken_over
from core.graph.settings import DataSettings
from core.graph.sourcing import choose_source
from core.params import Kind
from core.train.probes import NotApplicable, answer, boundary, points
from core.train.request import Request
from core.train.session import Session
from tests.core._build import chain, dense

ROWS = 40


def drawn(path: Path, text: str) -> Document:
    path.write_text(text)
    doc = chain(dense(4), "tanh", dense(1), "sigmoid", loss="binary_crossentropy", source="moons")
    return choose_source(doc, source_for(path))


def table(gap: str = "") -> str:
    lines = (f"{gap if i % 8 == 3 else i / 2 + 0.5},{i % 5 + 0.25},{'xy'[i % 2]}" for i in range(ROWS))
    return "\n".join(["a,b,c", *lines])


def test_where_values_are_missing_the_plane_is_that_of_the_others(tmp_path):
    session = Session(drawn(tmp_path / "gaps.csv", table()))
    found, seen = answer(session, Request.of("boundary", size=10)), answer(session, Request.of("points"))
    assert isinstance(found, boundary.Boundary)
    assert np.isfinite(found.values).all()
    assert isinstance(seen, points.Points)
    assert (len(seen.x), len(seen.y), len(seen.part), seen.total) == (35, 35, 35, 40)
    assert np.isfinite(seen.x).all()


def test_samples_with_missing_numbers_are_not_drawn(tmp_path):
    data = DataSettings.known(drawn(tmp_path / "gaps.csv", table()).data)
    assert len(taken_over(data.dataset, data.recipe)) == 35


def test_a_step_that_takes_no_numbers_beyond_the_data_leaves_the_plane_without_a_margin(tmp_path):
    doc = edits.set_data(drawn(tmp_path / "amounts.csv", table("0.5")), {"steps": [Kind("log")]})
    session = Session(doc)
    found = answer(session, Request.of("boundary", size=40))
    assert isinstance(found, boundary.Boundary)
    assert (found.x, found.y) == ((0.5, 20.0), (0.25, 4.25))
    beyond = answer(session, Request.of("boundary", size=40, area=(-9.0, 1.0, 0.0, 1.0)))
    assert isinstance(beyond, NotApplicable)
    assert "Log" in beyond.reason


@pytest.mark.parametrize("shape", [(1, 2), (2, 1)])
def test_two_numbers_on_several_axes_are_no_plane(tmp_path, shape):
    x = np.random.default_rng(0).normal(size=(ROWS, *shape)).astype(np.float32)
    np.savez(tmp_path / "pairs.npz", x=x, y=np.arange(ROWS) % 2)
    doc = chain("flatten", dense(1), "sigmoid", loss="binary_crossentropy", source="moons")
    session = Session(choose_source(doc, source_for(tmp_path / "pairs.npz")))
    for probe in ("boundary", "points"):
        found = answer(session, Request.of(probe))
        assert isinstance(found, NotApplicable)
        assert "has series" in found.reason


@pytest.mark.parametrize(("source", "layers", "said"), [
    ("sentences", [("embedding", {"input_dim": 300, "output_dim": 2}), "flatten"], "Sentences has texts"),
    ({"kind": "adding", "params": {"samples": 40}}, ["flatten"], "Adding problem has series")])
def test_without_a_plane_it_is_said_what_the_samples_are(source, layers, said):
    doc = choose_source(chain(*layers, dense(3)), Kind(source) if isinstance(source, str) else Kind(**source))
    if source == "sentences":
        doc = edits.set_data(doc, {"steps": [Kind("tokens", {"vocabulary": 300})]})
    kind = {"sentences": "binary_crossentropy"}.get(str(source), "mse")
    doc = edits.set_params(doc, "output", {"loss": kind})
    doc = edits.set_params(doc, "dense", {"units": 1})
    found = answer(Session(doc), Request.of("boundary"))
    assert isinstance(found, NotApplicable)
    assert said in found.reason
