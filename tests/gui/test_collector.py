"""Garbage is collected in the GUI thread only."""
from __future__ import annotations

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject

from gui.collector import Collector


class Ring:
    """Refers to itself: only the collector can free it. Notes in which thread that happens."""

    def __init__(self, ends: list[int]):
        self.me = self
        weakref.finalize(self, lambda: ends.append(threading.get_ident()))


@pytest.mark.usefixtures("qapp")
def test_garbage_made_in_another_thread_is_collected_in_this_one() -> None:
    parent = QObject()
    collector = Collector(parent)
    ends: list[int] = []
    try:
        assert not gc.isenabled()
        thread = threading.Thread(target=lambda: [Ring(ends) for _ in range(20_000)])
        thread.start()
        thread.join()
        assert ends == []
        collector.collect()
        assert set(ends) == {threading.get_ident()}
    finally:
        collector.stop()
    assert gc.isenabled()
