"""Data sets that are read from files find small ones here."""
from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.datasets._files import write_kept


@pytest.fixture(scope="session")
def small_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_kept(tmp_path_factory.mktemp("data"))


@pytest.fixture(autouse=True)
def found_files(small_files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAYERLOOM_DATA", str(small_files))
