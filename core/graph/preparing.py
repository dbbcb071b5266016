"""Do the steps of preprocessing suit the data, the losses and the rule?"""
from __future__ import annotations

from collections.abc import Mapping

from core.datasets import Dataset, DataSpec, Recipe, stages
from core.errors import CoreError, Problem
from core.graph.document import Document
from core.graph.goal import goal_of
from core.graph.weighing import PARAM, weighable
from core.layers import Layer
from core.preprocessing import Step, of_stage


def step_problems(dataset: Dataset, recipe: Recipe, spec: DataSpec) -> list[Problem]:
    """What does not fit between steps and data, each for itself. The steps can be fitted: `outline` gave `spec`."""
    found = [problem for step in recipe.steps
             for problem in step.problems(classes=len(spec.classes), pictures=spec.pixels is not None)]
    if spec.multi_label:
        found += [Problem("steps.numbers", f"{step.info.title}: the data has yes or no to predict, not numbers.",
                          param="steps", hint="Remove this step, or choose a target with numbers.")
                  for step in of_stage(recipe.steps, "target")]
    if spec.tokens:
        found += [Problem("steps.tokens", f"{step.info.title}: the samples are numbers of words, which cannot be "
                          "changed a little.", param="steps", hint="Remove this step.")
                  for step in recipe.steps if step.augments and not step.problems(classes=0, pictures=False)]
    try:
        idle = [step for step, columns in stages(dataset, recipe) if step.idle(columns)]
    except CoreError:
        return found
    found += [Problem("steps.idle", f"{step.info.title} changes nothing: there is no input column that it works on.",
                      "warning", param="steps", hint="Remove this step, or choose columns for it.") for step in idle]
    return found + _repeated(recipe)


def _repeated(recipe: Recipe) -> list[Problem]:
    """Of several steps that scale the target or weigh the classes, the last one counts."""
    found, scaling = [], of_stage(recipe.steps, "target")
    for several in (scaling, _weighing(recipe)):
        if len(several) > 1:
            found.append(Problem("steps.repeated", f"{several[0].info.title} is there {len(several)} times: only the "
                                 "last one counts.", "warning", param="steps", hint="Remove the others."))
    return found


def _weighing(recipe: Recipe) -> tuple[Step, ...]:
    return tuple(step for step in of_stage(recipe.steps, "training") if step.weighs)


def learning_problems(doc: Document, live: tuple[str, ...], layers: Mapping[str, Layer], recipe: Recipe,
                      spec: DataSpec) -> list[Problem]:
    """What does not fit between steps that change how the training part is learned, and what learns it."""
    rule, found = str(doc.training.get("rule", "")), []
    weighing = _weighing(recipe)[-1:]
    if rule == "perceptron":
        without = [step for step in of_stage(recipe.steps, "training") if step.augments or step.weighs]
        return [Problem("steps.rule", f"{step.info.title} has no effect on the perceptron rule.", "warning",
                        param="steps", hint="Remove this step, or train by gradient descent.") for step in without]
    for name in live if weighing and spec.classification else ():
        if layers[name].role == "output":
            found += _weighed(name, layers[name], weighing[0], spec, rule)
    return found


def _weighed(name: str, layer: Layer, step: Step, spec: DataSpec, rule: str) -> list[Problem]:
    goal, title = goal_of(name, layer, spec, rule), step.info.title
    loss = goal.loss.info.title
    if not goal.predicts:
        return [Problem("steps.rule", f"{title} has no effect on this Output: it does not predict the classes.",
                        "warning", name, param="steps", hint="Remove the step from the data.")]
    if not weighable(goal.loss, len(spec.classes)):
        return [Problem("steps.loss", f"{title}: {loss} takes no weights for {len(spec.classes):,} classes.",
                        node=name, param="loss", hint="Choose Sparse categorical cross-entropy, or remove the step.")]
    if goal.loss.config()[PARAM]:
        return [Problem("steps.twice", f"{loss} has class weights of its own: those of the step {title} are taken "
                        "instead.", "warning", name, param="loss", hint="Empty those of the loss, or remove the "
                        "step.")]
    return []
