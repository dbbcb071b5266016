"""Does the network suit the rule that trains it?"""
from __future__ import annotations

from collections.abc import Mapping

from core.datasets import DataSpec
from core.errors import Problem
from core.graph.adversary import sides
from core.graph.document import Document
from core.layers import Layer

PERCEPTRON = ("input", "dense", "step", "output")


def rule_problems(doc: Document, live: tuple[str, ...], layers: Mapping[str, Layer],
                  spec: DataSpec | None) -> list[Problem]:
    """What stands between this network and its training rule."""
    if not any(layers[name].role == "input" for name in live):
        return [Problem("graph.input", "No Input leads to the Output.", node=live[-1],
                        hint="Wire the layers between them.")]
    rule = doc.training.get("rule")
    if rule == "perceptron":
        problems = _perceptron(live, layers, spec)
    elif rule == "adversarial":
        problems = _adversarial(doc, live, layers)
    else:
        problems = _gradient(live, layers)
    return problems if any(p.blocks for p in problems) else problems + _frozen(doc, live, layers)


def _frozen(doc: Document, live: tuple[str, ...], layers: Mapping[str, Layer]) -> list[Problem]:
    trainable = [name for name in live if layers[name].trainable]
    if any(not doc.nodes[name].frozen for name in trainable):
        return []
    return [Problem("graph.frozen", "There is nothing to train: every layer with weights is frozen.",
                    node=trainable[0], hint="Let at least one of them learn.")]


def _perceptron(live: tuple[str, ...], layers: Mapping[str, Layer], spec: DataSpec | None) -> list[Problem]:
    kinds = tuple(layers[name].info.kind for name in live)
    if kinds != PERCEPTRON or layers[live[1]].config()["units"] != 1:
        hint = "Use Input, Dense with 1 unit, Step and Output, or train by gradient descent."
        return [Problem("rule.perceptron", "The perceptron rule trains one Dense unit followed by a Step.",
                        param="rule", hint=hint)]
    if spec is not None and len(spec.classes) != 2:
        return [Problem("rule.classes", f"The perceptron rule tells two classes apart, but the data has "
                        f"{len(spec.classes)}.", param="rule", hint="Choose data with two classes.")]
    return []


def _adversarial(doc: Document, live: tuple[str, ...], layers: Mapping[str, Layer]) -> list[Problem]:
    if len(ends := [name for name in live if layers[name].role == "output"]) > 1:
        return [Problem("rule.outputs", "The adversarial rule has one Output, that of the discriminator, but there are "
                        f"{len(ends)}.", node=ends[1], hint="Keep one of them.")]
    found = sides(doc, live, layers)
    return [found] if isinstance(found, Problem) else []


def _gradient(live: tuple[str, ...], layers: Mapping[str, Layer]) -> list[Problem]:
    flat = [name for name in live if not layers[name].differentiable]
    problems = [Problem("rule.flat", f"{layers[name].info.title} has no slope: no layer before it can learn by "
                        "gradient descent.", "warning", name, hint="Use Sigmoid instead, or the perceptron rule.")
                for name in flat]
    return problems if any(layers[n].trainable for n in live) else [
        *problems, Problem("graph.weights", "There is nothing to train: no layer with weights leads to the Output.",
                           hint="Add a Dense layer between Input and Output.")]
