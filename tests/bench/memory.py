"""Peak memory of a fresh process that trains the MLP: `python -m tests.bench.memory ours|torch SAMPLES`."""
from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

STATUS = Path("/proc/self/status")
ROOT = Path(__file__).parents[2]
STEPS = 60


def measure(who: str, samples: int) -> dict[str, float]:
    """Megabytes at the peak of a process of its own, and grown since the samples were there."""
    command = [sys.executable, "-m", "tests.bench.memory", who, str(samples)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def peak() -> float:
    """Megabytes. The kernel's mark of this process, as getrusage's may be inherited from the parent."""
    if STATUS.exists():
        line = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 1024)


def _ours(samples: int) -> Callable[[], None]:
    import numpy as np

    from core.datasets import Samples
    from core.engine.network import Network
    from core.engine.updater import Updater
    from core.graph.check import check
    from core.optimizers import OPTIMIZERS
    from tests.bench import cases

    document = cases.mlp(samples)
    data = Samples(*_samples(samples))

    def work() -> None:
        network = Network(document, check(document))
        updater = Updater(network, OPTIMIZERS["adam"](), 1e-3)
        plan = network.plan(64, train=True)
        with np.errstate(all="ignore"):
            for step in range(STEPS):
                chosen = np.arange(64) + step % 8
                data.x.take(chosen, 0, plan.x, "clip")
                data.y.take(chosen, 0, plan.t, "clip")
                for run in plan.forward:
                    run()
                plan.loss()
                for run in plan.backward:
                    run()
                updater.update()

    return work


def _torch(samples: int) -> Callable[[], None]:
    from core.datasets import Samples
    from tests.bench import peers

    data = Samples(*_samples(samples))

    def work() -> None:
        contestant = peers.mlp(data, STEPS)[-1]
        contestant.run()

    return work


def _samples(count: int) -> tuple[Any, Any]:
    import numpy as np

    rng = np.random.default_rng(0)
    return rng.random((count, 784), np.float32), rng.integers(0, 10, count).astype(np.intp)


def main() -> None:
    work = {"ours": _ours, "torch": _torch}[sys.argv[1]](int(sys.argv[2]))
    before = peak()
    work()
    print(json.dumps({"peak": peak(), "grown": peak() - before}))


if __name__ == "__main__":
    main()
