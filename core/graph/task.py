"""What is to be predicted, and what one sample is, in words."""
from __future__ import annotations

from collections.abc import Sequence

from core.datasets import DataSpec
from core.layers import show

# The largest class has at most so many times the samples of the smallest one where classes are balanced.
EVEN = 1.5
FEW = 6


def task_text(spec: DataSpec, counts: Sequence[int] = ()) -> str:
    """The task: "3 classes, balanced", "2 numbers to predict". `counts` are the samples of each class, if known."""
    if spec.multi_label:
        return f"{spec.targets} labels, each yes or no"
    if not spec.classification:
        return "1 number to predict" if spec.targets == 1 else f"{spec.targets:,} numbers to predict"
    classes = f"{len(spec.classes):,} classes"
    if len(counts) != len(spec.classes) or not sum(counts):
        return classes
    if max(counts) <= EVEN * min(counts):
        return f"{classes}, balanced"
    largest = max(range(len(counts)), key=counts.__getitem__)
    return f"{classes}, {counts[largest] / sum(counts):.0%} of them {spec.classes[largest]}"


def sample_text(spec: DataSpec) -> str:
    """One sample: "4 numbers", "28 × 28 pixels" (width first), "12 tokens, vocabulary of 500"."""
    if spec.tokens:
        return f"{show(spec.shape).strip('()')} tokens, vocabulary of {spec.tokens:,}"
    if spec.picture:
        return f"{spec.picture[1]} × {spec.picture[0]} pixels"
    if len(spec.shape) == 3:
        return f"{spec.shape[1]} × {spec.shape[0]} pixels" + (", colour" if spec.shape[2] == 3 else "")
    if len(spec.shape) == 1:
        return "1 number" if spec.shape[0] == 1 else f"{spec.shape[0]:,} numbers"
    if len(spec.shape) == 2:
        steps = "1 step" if spec.shape[0] == 1 else f"{spec.shape[0]:,} steps"
        return f"{steps} of {spec.shape[1]:,} number{'' if spec.shape[1] == 1 else 's'}"
    return show(spec.shape)


def some_names(names: Sequence[str]) -> str:
    """Few names in full, many by number with the first and last."""
    if len(names) <= FEW:
        return ", ".join(names)
    return f"{len(names):,}: {names[0]}, {names[1]} … {names[-1]}"


def change_text(before: DataSpec | None, after: DataSpec) -> str:
    """What reaches the network now instead of before, in a sentence; empty if that is alike."""
    if before is None or before.shape == after.shape:
        return ""
    if len(before.shape) == len(after.shape) == 1:
        numbers = "1 number" if after.shape[0] == 1 else f"{after.shape[0]:,} numbers"
        return f"Input now gives {numbers} instead of {before.shape[0]:,}."
    return f"Input now gives {show(after.shape)} instead of {show(before.shape)}."
