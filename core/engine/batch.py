"""One batch in training: cut into parts that run at once, each over its own arrays, and put together again."""
from __future__ import annotations

from collections.abc import Callable, Sequence

from core.engine.plan import Plan
from core.engine.team import Meeting, Team
from core.layers import Array


class Batch:
    """n samples. `fill` or `gather` them; `compute` gives their mean loss; `correct` how many are right.

    The gradients of part 0 are those of the network; `others` holds those of the parts behind it, which an updater
    adds to them. They are weighted already: the sum is the gradient of the mean.
    """

    def __init__(self, plans: Sequence[Plan], others: Sequence[Array], team: Team, meeting: Meeting | None):
        self.n = sum(plan.n for plan in plans)
        self.plans, self.others, self.team, self.meeting = tuple(plans), tuple(others), team, meeting
        self._losses = [0.0] * len(plans)
        self._source: tuple[Array, Sequence[Array], Array] | None = None
        ends = [sum(plan.n for plan in plans[: i + 1]) for i in range(len(plans))]
        self._cuts = [slice(end - plan.n, end) for end, plan in zip(ends, plans, strict=True)]
        self._jobs = [self._job(i) for i in range(len(plans))]
        self.compute: Callable[[], float] = self._alone(plans[0]) if len(plans) == 1 else self._together

    def fill(self, x: Array, targets: Sequence[Array]) -> None:
        """Take in all samples of the batch; they stay until others come."""
        self._source = None
        for plan, cut in zip(self.plans, self._cuts, strict=True):
            plan.fill(x[cut], [t[cut] for t in targets])

    def gather(self, x: Array, targets: Sequence[Array], chosen: Array) -> None:
        """Take the samples at `chosen` (n,) for the next `compute`."""
        if len(self.plans) == 1:
            _take(self.plans[0], x, targets, chosen)
        else:
            self._source = x, targets, chosen

    def correct(self) -> float:
        """How many samples are right at the first output; NaN without classes."""
        return sum([plan.correct() for plan in self.plans])

    def _alone(self, plan: Plan) -> Callable[[], float]:
        forward, loss, backward = plan.forward, plan.loss, plan.backward

        def compute() -> float:
            for run in forward:
                run()
            value = loss()
            for run in backward:
                run()
            return value

        return compute

    def _together(self) -> float:
        if self.meeting is not None:
            self.meeting.begin()
        self.team.run(self._jobs)
        return sum(self._losses)

    def _job(self, index: int) -> Callable[[], None]:
        plan, cut = self.plans[index], self._cuts[index]
        run_all = self._alone(plan)

        def job() -> None:
            try:
                if self._source is not None:
                    x, targets, chosen = self._source
                    _take(plan, x, targets, chosen[cut])
                self._losses[index] = run_all()
            except BaseException:
                if self.meeting is not None:
                    self.meeting.leave()
                raise

        return job


def _take(plan: Plan, x: Array, targets: Sequence[Array], chosen: Array) -> None:
    x.take(chosen, 0, plan.x, "clip")
    for place, t in zip(plan.targets, targets, strict=True):
        t.take(chosen, 0, place, "clip")
