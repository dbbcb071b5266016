"""Values that are missing, told before any sample is read."""
from __future__ import annotations

from collections.abc import Sequence

from core.errors import Problem
from core.preprocessing import Specs, Step, of_stage, unmended


def lacking(title: str, steps: Sequence[Step], inputs: Specs, targets: Specs) -> Problem | None:
    """What there is to say about values of the data set `title` that are missing and that no step takes care of.

    Goes by what is known of the columns. Raises DataError if the steps do not fit them.
    """
    if not any(spec.missing for spec in inputs + targets):
        return None
    if not any(step.mends for step in of_stage(steps, "rows")):
        for spec in targets:
            if spec.missing:
                return _problem(f'{title}: {_values(spec.missing)} of the target "{spec.name}"', spec.missing,
                                "Add the step Drop rows, or choose another target.")
    kept = unmended(steps, inputs)
    for spec in inputs:
        if spec.missing and spec.name in kept:
            return _problem(f'{title}: {_values(spec.missing)} of column "{spec.name}"', spec.missing,
                            "Add the step Fill missing or Drop rows, or ignore the column.")
    return None


def _values(count: int) -> str:
    return f"{count:,} value{'' if count == 1 else 's'}"


def _problem(what: str, count: int, hint: str) -> Problem:
    return Problem("data.missing", f"{what} {'is' if count == 1 else 'are'} missing.", param="steps", hint=hint)
