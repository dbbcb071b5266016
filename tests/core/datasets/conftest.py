"""Data sets that are read from files find small ones here."""
from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.datasets._housing import as_text, original, write_archive
from tests.core.datasets._idx_files import write_mnist


@pytest.fixture(scope="session")
def small_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("data")
    write_mnist(root / "mnist")
    write_mnist(root / "fashion_mnist", zipped=False)
    write_archive(root / "california_housing", as_text(original()))
    return root


@pytest.fixture(autouse=True)
def found_files(small_files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAYERLOOM_DATA", str(small_files))
