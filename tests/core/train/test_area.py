"""The boundary over a part of the plane that is asked for."""
from __future__ import annotations

import numpy as np

from core.train.probes import answer
from core.train.request import Request
from core.train.session import Session
from tests.core._build import chain, dense


def test_the_map_covers_exactly_the_area_and_agrees_with_predictions_there():
    session = Session(chain(dense(4), "tanh", dense(1), "sigmoid", loss="binary_crossentropy", source="moons"))
    found = answer(session, Request.of("boundary", size=8, area=(-4.0, 4.0, 10.0, 12.0)))
    assert (found.x, found.y) == ((-4.0, 4.0), (10.0, 12.0))
    centres = np.array([[-3.5, 10.125], [3.5, 10.125], [-3.5, 11.875]], np.float32)
    wanted = session.network.predict(session.parts.from_plane(centres))[:, 0]
    np.testing.assert_allclose([found.values[0, 0], found.values[0, 7], found.values[7, 0]], wanted, rtol=1e-5)


def test_without_an_area_it_covers_the_data():
    session = Session(chain(dense(1), source="moons"))
    found = answer(session, Request.of("boundary"))
    points = session.parts.plane()
    assert found.x[0] < points[:, 0].min() < points[:, 0].max() < found.x[1]
