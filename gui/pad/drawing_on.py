"""From data of any plane to points on the pad."""
from __future__ import annotations

from collections.abc import Callable

from core.datasets import Task
from core.errors import Problem
from core.graph import painting
from core.graph.settings import DataSettings
from core.params import PointSet
from gui.context import AppContext


def source_title(context: AppContext) -> str:
    """What people call the data of the document, or nothing if this version does not know them."""
    try:
        return DataSettings.known(context.document.data).dataset.title
    except (KeyError, ValueError):
        return ""


def begin_empty(context: AppContext) -> None:
    """Make an empty pad the data of the document."""
    context.edit("Draw points", lambda doc: painting.with_points(doc, PointSet()))


def draw_on_top(context: AppContext, done: Callable[[], None] = lambda: None) -> None:
    """Take over the present data as drawn points. They are read aside; `done` is called when that is done, or at once
    if they are drawn already."""
    if painting.points_of(context.document) is not None:
        done()
        return
    before = context.document.data
    settings = DataSettings.known(before)
    dataset, recipe, title = settings.dataset, settings.recipe, settings.dataset.title

    def work(task: Task) -> PointSet:
        task.tell(f"Taking over {title}")
        return painting.taken_over(dataset, recipe)

    def take(points: PointSet) -> None:
        # Whoever has chosen other data since does not want these any more.
        if context.document.data == before:
            context.edit(f"Draw on top of {title}", lambda doc: painting.with_points(doc, points))
            done()

    def refuse(problem: Problem) -> None:
        context.notify.refuse(problem)

    context.desk.ask("drawing on", work, take, refuse)
