"""The process of the fuzzer: `python -m tests.fuzz.inside TARGET FOLDER OPTION ...`, which `tests.fuzz` calls."""
from __future__ import annotations

import sys
from pathlib import Path

ALWAYS = ("-rss_limit_mb=4096", "-timeout=20", "-print_final_stats=1")


def main(name: str, place: str, options: list[str]) -> None:
    import atheris

    with atheris.instrument_imports(include=["core", "gzip", "PIL"]):
        from tests.fuzz.targets import TARGETS

    target, corpus = TARGETS[name], Path(place) / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(target.seeds()):
        (corpus / f"{number}").write_bytes(seed)
    atheris.Setup([sys.argv[0], f"-max_len={target.longest}", *ALWAYS, *options, str(corpus)], target.run)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
