"""For every test: settings of its own, and nothing stray left behind. No Qt in here; that is in tests/gui."""
from __future__ import annotations

import itertools
import logging
import math
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# What is compiled is kept, whatever the environment says: else every run does it again, and every process of a test.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

settings.register_profile("ci", deadline=None, derandomize=True, max_examples=50,
                          suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", deadline=None, max_examples=2000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

GRACE = 2.0
_numbers = itertools.count()


class Catcher(logging.Handler):
    """Keeps every warning and error."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(scope="session")
def settings_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the settings folders of all tests are."""
    return tmp_path_factory.mktemp("settings")


@pytest.fixture(autouse=True)
def own_settings(settings_root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A settings folder that nobody else uses; it does not exist yet."""
    folder = settings_root / str(next(_numbers))
    monkeypatch.setenv("LAYERLOOM_CONFIG", str(folder))
    return folder


@pytest.fixture(autouse=True)
def logged(request: pytest.FixtureRequest) -> Iterator[list[logging.LogRecord]]:
    """Warnings and errors that were logged. A test that expects some takes them out; what is left fails it."""
    catcher = Catcher()
    logging.getLogger().addHandler(catcher)
    yield catcher.records
    logging.getLogger().removeHandler(catcher)
    if "caplog" not in request.fixturenames:
        assert not catcher.records, f"stray log records: {[r.getMessage() for r in catcher.records]}"


@pytest.fixture(autouse=True)
def even_moments(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run keeps its moments however busy the machine is: which ones there are does not depend on the clock."""
    monkeypatch.setattr("core.train.moments.LONG", math.inf)


@pytest.fixture(autouse=True)
def no_stray_threads() -> Iterator[None]:
    """A Python thread that outlives its test fails it."""
    before = set(threading.enumerate())
    yield
    stray = [t for t in threading.enumerate() if t not in before and not isinstance(t, threading._DummyThread)]
    for thread in stray:
        thread.join(GRACE)
    assert not any(t.is_alive() for t in stray), f"stray threads: {[t.name for t in stray if t.is_alive()]}"
