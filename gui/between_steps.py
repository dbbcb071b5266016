"""A session in training as others than its run read and change it: between two steps."""
from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.graph.document import Document
from core.io.bundle import Bundle
from core.train.control import Control

if TYPE_CHECKING:
    from core.train.session import Session


@dataclass(frozen=True, slots=True)
class BetweenSteps:
    """Waits for the present step to end; the run, which `control` commands, goes on afterwards."""

    session: Session
    control: Control

    def weights(self) -> dict[str, np.ndarray]:
        """Copies of all weights and running means by "node.name"."""
        with self.control.standstill():
            return self.session.network.copies()

    def bundle(self, document: Document) -> Bundle:
        """The document with all that training needs to go on."""
        from core.io import checkpoints

        with self.control.standstill():
            return checkpoints.capture(self.session, document)

    def load(self, arrays: Mapping[str, np.ndarray], name: str) -> str:
        """Take over what fits of the weights in the file `name`; one sentence that says what did. Raises FormatError,
        and changes nothing, if nothing fits."""
        from core.io import weights

        with self._changing():
            return weights.transfer(self.session.network, arrays, name).text(f"“{name}”")

    def put(self, node: str, name: str, index: tuple[int, ...], value: float) -> float | None:
        """Set one weight. Gives what it was, or None if there is no such one. Raises ParamError for a number that no
        weight can be."""
        with self._changing():
            return self.session.network.weights.put(node, name, index, value)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        with self.control.standstill():
            yield
            self.session.renew()
        self.control.look()
