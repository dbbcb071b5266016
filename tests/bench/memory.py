"""Peak memory of a fresh process that trains one case: `python -m tests.bench.memory ours|torch CASE STEPS`."""
from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.bench import cases
from tests.bench.rows import Row

STATUS = Path("/proc/self/status")
ROOT = Path(__file__).parents[2]
STEPS = 60


def memory(rounds: int, quick: bool) -> list[Row]:
    """Peak of a process that trains, and how much of it came with the training."""
    from tests.bench import peers

    rows = []
    for case in ("xor", "mlp") if quick else cases.TRAINED:
        ours = measure("ours", case, 5 if quick else STEPS)
        theirs = measure("torch", case, 5 if quick else STEPS) if peers.torch else None
        for key, what in (("peak", "whole process"), ("grown", "beyond imports and samples")):
            mine, other = ours[key], theirs[key] if theirs else None
            rows.append(Row(case="memory", what=f"{case}: {what}", unit="MB", ours=mine, peer="PyTorch", theirs=other,
                            ratio=mine / other if other else None, target="< 1 ×",
                            met=None if other is None else mine < other))
    return rows


def measure(who: str, case: str, steps: int) -> dict[str, float]:
    """Megabytes at the peak of a process of its own, and grown since the samples were there."""
    command = [sys.executable, "-m", "tests.bench.memory", who, case, str(steps)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def peak() -> float:
    """Megabytes. The kernel's mark of this process, as getrusage's may be inherited from the parent."""
    if STATUS.exists():
        line = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 1024)


def prepare(who: str, case: str, steps: int) -> Callable[[], object]:
    """What is to be measured, with everything imported and the samples there."""
    from tests.bench.ours import Steps, invent

    document = cases.TRAINED[case]()
    batch = document.training["batch_size"]
    # The only case without batches is XOR, whose samples are four.
    parts, epochs = invent(document, steps * batch if batch else 4), 1 if batch else steps
    if who == "ours":
        return lambda: Steps(document, epochs, parts).run()
    from tests.bench import models

    return lambda: models.MODELS[case](parts.train, steps)[-1].run()


def main() -> None:
    who, case, steps = sys.argv[1:]
    work = prepare(who, case, int(steps))
    before = peak()
    work()
    print(json.dumps({"peak": peak(), "grown": peak() - before}))


BENCHES: dict[str, Callable[[int, bool], Iterable[Row]]] = {"memory": memory}

if __name__ == "__main__":
    main()
