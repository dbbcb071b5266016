"""Which nodes of a network generate, and which tell real from generated."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.errors import Problem
from core.graph.document import Document
from core.graph.order import upstream
from core.layers import Layer

MIXTURE = "real_or_generated"


@dataclass(frozen=True, slots=True)
class Sides:
    """Nodes by their side of the node `mixture`, where real samples from `real` meet those from `generated`."""

    mixture: str
    real: str
    generated: str
    generator: frozenset[str]
    discriminator: frozenset[str]


def sides(doc: Document, live: tuple[str, ...], layers: Mapping[str, Layer]) -> Sides | Problem:
    """The two sides, or what is missing."""
    found = [name for name in live if layers[name].info.kind == MIXTURE]
    if len(found) != 1:
        return Problem("rule.adversarial", "The adversarial rule needs one node that shows real or generated samples, "
                       f"but there {'are ' + str(len(found)) if found else 'is none'}.", param="rule",
                       hint="Wire Input and the generator to one Real or generated, and that to the discriminator.")
    ports = doc.sources(found[0])
    above = {port: upstream(doc, [name]) for port, name in ports.items()}
    after = frozenset(name for name in live if found[0] in upstream(doc, [name])) - {found[0]}
    made = Sides(found[0], ports["real"], ports["generated"], frozenset(above["generated"]), after)
    return _problem(made, above["real"], layers) or made


def _problem(made: Sides, real: set[str], layers: Mapping[str, Layer]) -> Problem | None:
    def learns(names: frozenset[str] | set[str]) -> bool:
        return any(layers[name].trainable for name in names)

    if learns(real):
        return Problem("rule.adversarial", "Real or generated: layers that learn lead to its input real, where samples "
                       "arrive as they are.", node=made.mixture, port="real", hint="Wire Input straight to it.")
    if any(layers[name].role == "input" for name in made.generator):
        return Problem("rule.adversarial", "Real or generated: its input generated must come from noise alone, but an "
                       "Input leads to it.", node=made.mixture, port="generated",
                       hint="Start the generator at a Noise node.")
    for side, names in (("generator", made.generator), ("discriminator", made.discriminator)):
        if not learns(names):
            return Problem("rule.adversarial", f"The {side} has no layer with weights: it cannot learn.",
                           node=made.mixture, hint=f"Add a Dense layer {'before' if side == 'generator' else 'behind'} "
                           "Real or generated.")
    return None
