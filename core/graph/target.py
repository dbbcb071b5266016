"""Does the end of the network fit what the data asks for?"""
from __future__ import annotations

import math
from collections.abc import Mapping

from core.datasets import DataSpec
from core.errors import Problem
from core.graph.document import Document
from core.graph.goal import encoding_of, output_loss, wanted_width, wants_input
from core.layers import LAYERS, Layer, Shape, show
from core.losses import Loss

# Activations whose output is as good as the scores that they got, by the activation that a loss applies to it.
NEUTRAL = {"log_softmax": "softmax"}
# Kinds that predictions go through unchanged.
THROUGH = ("linear", "dropout")


def target_problems(doc: Document, output: str, layers: Mapping[str, Layer], shapes: Mapping[str, Shape],
                    spec: DataSpec) -> list[Problem]:
    """What does not fit between an output, its loss and what it is compared with."""
    loss, rule = output_loss(layers[output]), doc.training.get("rule", "")
    if rule == "adversarial":
        problems = _judgement(output, loss, shapes.get(output))
    elif wants_input(layers[output], str(rule)):
        problems = _reconstruction(doc, output, loss, shapes, spec)
    else:
        problems = _prediction(doc, output, loss, shapes, spec)
    if any(problem.code == "loss.task" for problem in problems):
        return problems
    return problems + _activation(doc, output, loss, layers)


def _reconstruction(doc: Document, output: str, loss: Loss, shapes: Mapping[str, Shape],
                    spec: DataSpec) -> list[Problem]:
    if loss.encoding == "label":
        return [Problem("loss.task", f"{loss.info.title} needs classes, but the target is the input itself.",
                        node=output, param="loss", hint="Choose Mean squared error.")]
    problems = [problem.at(node=output) for problem in loss.problems(math.prod(spec.shape))]
    shape = shapes.get(output)
    if shape is None or shape == spec.shape:
        return problems
    message = f"Output: gets {show(shape)}, but what it is to give back, the input, is {show(spec.shape)}."
    return [*problems, Problem("output.width", message, node=output, hint=_widen(doc, output, shapes, spec.shape))]


def _judgement(output: str, loss: Loss, shape: Shape | None) -> list[Problem]:
    if loss.encoding != "number":
        return [Problem("loss.task", f"{loss.info.title} needs several classes, but a discriminator gives one number: "
                        "how real a sample looks.", node=output, param="loss", hint="Choose Binary cross-entropy.")]
    if shape is None or shape == (1,):
        return []
    return [Problem("output.width", f"Output: gets {show(shape)}, but a discriminator gives one number.", node=output,
                    hint="End it with a Dense layer of 1 unit.")]


def _prediction(doc: Document, output: str, loss: Loss, shapes: Mapping[str, Shape], spec: DataSpec) -> list[Problem]:
    title, shape = loss.info.title, shapes.get(output)
    labels = spec.multi_label and loss.encoding == "number"
    if loss.task == "classification" and not spec.classification and not labels:
        return [Problem("loss.task", f"{title} needs classes, but the data has numbers as targets.", node=output,
                        param="loss", hint="Choose Mean squared error.")]
    problems = _encoding(doc, output, loss, spec)
    if spec.classification:
        problems += [problem.at(node=output) for problem in loss.problems(len(spec.classes))]
    wanted = wanted_width(loss, spec)
    if shape is not None and shape != (wanted,):
        what = f"{len(spec.classes)} classes" if spec.classification else f"{spec.targets} numbers to predict"
        problems.append(Problem("output.width", f"Output: gets {show(shape)}, but {title} with {what} needs "
                                f"{show((wanted,))}.", node=output, hint=_widen(doc, output, shapes, (wanted,))))
    return problems


def _widen(doc: Document, output: str, shapes: Mapping[str, Shape], wanted: Shape) -> str:
    """What to do so that `output` gets `wanted` numbers."""
    count = math.prod(wanted)
    units = f"{count:,} unit{'s' if count > 1 else ''}"
    if len(wanted) > 1:
        return f"End with a Dense layer of {units} and a Reshape to {show(wanted)}, or with others that give it."
    if len(shapes[output]) > 1:
        return f"Put Flatten and a Dense layer of {units} before it."
    return f"Put a Dense layer of {units} before it." if last_dense(doc, output, shapes) is None \
        else f"Set the last Dense layer to {units}."


def last_dense(doc: Document, name: str, shapes: Mapping[str, Shape]) -> str | None:
    """The Dense layer that gives `name` its shape, if none behind it has another, or more than one input."""
    while doc.nodes[name].kind != "dense":
        before = [*doc.sources(name).values()]
        if len(before) != 1 or shapes.get(before[0]) != shapes[name]:
            return None
        name = before[0]
    return name


def _encoding(doc: Document, output: str, loss: Loss, spec: DataSpec) -> list[Problem]:
    chosen = doc.data.get("encoding", "auto")
    if chosen == "auto" or not spec.classification:
        return []
    fits = {"label": "label", "binary": "label", "one_hot": "one_hot"}[encoding_of(loss, spec)]
    if chosen == fits:
        return []
    have = {"label": "class numbers", "one_hot": "one-hot targets"}
    return [Problem("loss.encoding", f"{loss.info.title} needs {have[fits]}, but the data settings ask for "
                    f"{have[chosen]}.", node=output, param="encoding", hint='Set Targets of the data to "As the '
                    'loss wants".')]


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
    while name in layers and layers[name].info.kind in THROUGH:
        seen.add(name)
        name = doc.sources(name).get("x", "")
        if name in seen:
            return ""
    return name
