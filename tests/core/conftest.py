"""Networks on MNIST are sound only where its files are: where nobody names real ones, there are small ones."""
from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.core.datasets._idx_files import write_mnist


@pytest.fixture(scope="session")
def few_digits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_mnist(tmp_path_factory.mktemp("data") / "mnist")


@pytest.fixture(autouse=True)
def found_mnist(few_digits: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if "LAYERLOOM_DATA" not in os.environ:
        monkeypatch.setenv("LAYERLOOM_DATA", str(few_digits.parent))
