"""What the tests of several panels start from."""
from __future__ import annotations

import pytest

from core.train.series import Series, epoch_series
from gui.trainer import Trainer


@pytest.fixture
def series(monkeypatch: pytest.MonkeyPatch) -> Series:
    held = epoch_series()
    monkeypatch.setattr(Trainer, "series", property(lambda self: held))
    return held
