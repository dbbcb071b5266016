"""Judged samples as a table: every number is the engine's."""
from __future__ import annotations

import numpy as np

from core.graph.document import Document
from core.io.examples import load
from core.train.case_table import MOST_VALUES, case_table
from core.train.cases import Cases, Wish, cases, ranked
from core.train.session import Session
from tests.core._build import chain, dense
from tests.core.train._drive import run


def judged(document: Document, part: str = "validation") -> tuple[Session, Cases]:
    session, _ = run(Session(document))
    return session, cases(session, part)


def column(found: Cases, order: np.ndarray, name: str) -> list[float | str]:
    heads, rows = case_table(found, order)
    assert all(len(row) == len(heads) for row in rows)
    return [row[heads.index(name)] for row in rows]


def test_classes_have_the_confidence_in_each() -> None:
    session, found = judged(chain(dense(3), "softmax", loss="sparse_categorical_crossentropy", source="iris",
                                  data={"validation": 0.4}, epochs=3))
    order, part = ranked(found, Wish("worst")), session.parts.validation
    p = session.network.predict(part.x)[order]
    names = session.parts.spec.classes
    assert column(found, order, "sample") == (order + 1).tolist()
    assert column(found, order, "truth") == [names[i] for i in part.y[order]]
    assert column(found, order, "prediction") == [names[i] for i in p.argmax(axis=1)]
    for place, name in enumerate(names):
        np.testing.assert_array_equal(column(found, order, f"confidence in {name}"), p[:, place])
    np.testing.assert_allclose(column(found, order, "confidence"), p.max(axis=1))
    losses = np.array(column(found, order, "loss"), float)
    np.testing.assert_allclose(losses, -np.log(p[np.arange(len(p)), part.y[order]].astype(float)), rtol=1e-4)
    assert (np.diff(losses) <= 0).all()


def test_of_one_output_both_classes_are_told() -> None:
    session, found = judged(chain(dense(1), "sigmoid", loss="binary_crossentropy", source="spiral",
                                  data={"validation": 0.2}, epochs=1))
    order = ranked(found, Wish("order"))
    p = session.network.predict(session.parts.validation.x)[:, 0]
    first, second = found.names
    np.testing.assert_array_equal(column(found, order, f"confidence in {second}"), p)
    np.testing.assert_array_equal(column(found, order, f"confidence in {first}"), np.float32(1) - p)


def test_only_the_chosen_samples_are_listed() -> None:
    _, found = judged(chain(dense(3), "softmax", loss="sparse_categorical_crossentropy", source="iris",
                            data={"validation": 0.4}, epochs=3))
    order = ranked(found, Wish(errors=True))
    assert 0 < len(order) < len(found)
    truth, said = column(found, order, "truth"), column(found, order, "prediction")
    assert len(truth) == len(order)
    assert all(true != taken for true, taken in zip(truth, said, strict=True))


def test_numbers_are_told_in_full_with_what_is_missed() -> None:
    session, found = judged(load("diabetes"))
    order, part = ranked(found, Wish("best")), session.parts.validation
    truth = session.parts.own(part.y.reshape(len(part), -1))[order, 0].astype(float)
    said = session.parts.own(session.network.predict(part.x))[order, 0].astype(float)
    np.testing.assert_allclose(column(found, order, "truth"), truth)
    np.testing.assert_allclose(column(found, order, "prediction"), said, rtol=1e-6)
    np.testing.assert_allclose(column(found, order, "error"), said - truth, atol=1e-3)


def test_what_is_given_back_stands_beside_what_came_in() -> None:
    session, found = judged(load("autoencoder"))
    order, x = ranked(found, Wish("worst")), session.parts.validation.x
    given = session.network.predict(x).reshape(len(x), -1)[order].astype(float)
    came = x.reshape(len(x), -1)[order].astype(float)
    heads, _ = case_table(found, order)
    assert came.shape[1] <= MOST_VALUES
    np.testing.assert_allclose(column(found, order, "mean squared error"), np.square(given - came).mean(axis=1),
                               rtol=1e-6)
    for place, name in enumerate(found.names):
        assert heads.count(f"{name} in") == 1
        np.testing.assert_array_equal(column(found, order, f"{name} in"), came[:, place])
        np.testing.assert_array_equal(column(found, order, f"{name} out"), given[:, place])
