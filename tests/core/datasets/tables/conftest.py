"""Tables that tests write."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from core.datasets import forget
from core.datasets.table_file import TableFile


@pytest.fixture(autouse=True)
def nothing_is_remembered() -> Iterator[None]:
    forget()
    yield
    forget()


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., TableFile]:
    """Makes a data set of the content of a file."""

    def made(content: str | bytes, name: str = "table.csv", **params: Any) -> TableFile:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return TableFile(path=str(path), **params)

    return made
