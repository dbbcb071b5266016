"""Does the end of the network fit what the data asks for?"""
from __future__ import annotations

from collections.abc import Mapping

from core.datasets import DataSpec
from core.errors import Problem
from core.graph.document import Document
from core.layers import LAYERS, Layer, Shape, show
from core.losses import LOSSES, Loss

# Activations whose output is as good as the scores that they got, by the activation that a loss applies to it.
NEUTRAL = {"log_softmax": "softmax"}


def output_loss(layer: Layer) -> Loss:
    """The loss that an Output carries."""
    chosen = layer.config()["loss"]
    return LOSSES[chosen.kind](**chosen.params)


def wanted_width(loss: Loss, spec: DataSpec) -> int:
    """How many numbers per sample the network should give."""
    if not spec.classification:
        return spec.targets
    one_number = loss.encoding == "number" and len(spec.classes) == 2
    return 1 if one_number else len(spec.classes)


def encoding_of(loss: Loss, spec: DataSpec) -> str:
    """How targets reach the loss: "label", "one_hot", "binary" (0 or 1 in one column) or "number"."""
    if not spec.classification:
        return "number"
    if loss.encoding == "label":
        return "label"
    return "one_hot" if wanted_width(loss, spec) > 1 else "binary"


def target_problems(doc: Document, output: str, layers: Mapping[str, Layer], shapes: Mapping[str, Shape],
                    spec: DataSpec) -> list[Problem]:
    """What does not fit between the output, its loss and the targets of the data."""
    loss = output_loss(layers[output])
    title = loss.info.title
    if loss.task == "classification" and not spec.classification:
        return [Problem("loss.task", f"{title} needs classes, but the data has numbers as targets.", node=output,
                        param="loss", hint="Choose Mean squared error.")]
    problems = _encoding(doc, output, loss, spec)
    shape = shapes.get(output)
    wanted = wanted_width(loss, spec)
    if shape is not None and shape != (wanted,):
        what = f"{len(spec.classes)} classes" if spec.classification else f"{spec.targets} numbers to predict"
        problems.append(Problem("output.width", f"Output: gets {show(shape)}, but {title} with {what} needs "
                                f"{show((wanted,))}.", node=output, hint=f"Set the last Dense layer to {wanted} "
                                f"unit{'s' if wanted > 1 else ''}."))
    return problems + _activation(doc, output, loss, layers)


def _encoding(doc: Document, output: str, loss: Loss, spec: DataSpec) -> list[Problem]:
    chosen = doc.data.get("encoding", "auto")
    if chosen == "auto" or not spec.classification:
        return []
    fits = {"label": "label", "binary": "label", "one_hot": "one_hot"}[encoding_of(loss, spec)]
    if chosen == fits:
        return []
    have = {"label": "class numbers", "one_hot": "one-hot targets"}
    return [Problem("loss.encoding", f"{loss.info.title} needs {have[fits]}, but the data settings ask for "
                    f"{have[chosen]}.", node=output, param="encoding", hint="Set Targets to: as the loss wants.")]


def _activation(doc: Document, output: str, loss: Loss, layers: Mapping[str, Layer]) -> list[Problem]:
    before = doc.sources(output).get("x", "")
    origin = _origin(doc, before, layers)
    if not loss.activation or origin not in layers or layers[origin].info.category != "Activation":
        return []
    kind, wanted = layers[origin].info, LAYERS[loss.activation].info
    if (kind is wanted and origin == before) or NEUTRAL.get(kind.kind) == wanted.kind:
        return []
    hint = f"Wire {kind.title} straight to Output." if kind is wanted else \
        f"Put {wanted.title} before Output instead of {kind.title}."
    return [Problem("loss.activation", f"{loss.info.title} takes what {kind.title} gives as raw scores.", "warning",
                    output, hint=hint)]


def _origin(doc: Document, name: str, layers: Mapping[str, Layer]) -> str:
    """Where the numbers that `name` gives come from, seen through nodes that hand them on; empty in a loop."""
    seen: set[str] = set()
    while name in layers and layers[name].info.kind in ("linear", "dropout"):
        seen.add(name)
        name = doc.sources(name).get("x", "")
        if name in seen:
            return ""
    return name
