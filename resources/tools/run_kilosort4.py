"""Runs Kilosort 4 for Aftergate.

    run_kilosort4.py --check     says which Kilosort and torch this Python has, and whether there is a GPU
    run_kilosort4.py JOB.json    sorts: {"bin", "probe", "results", "settings": {...}, "options": {...}}

Progress goes to stdout as lines "aftergate-percent N"; what Kilosort itself prints is left alone.
"""

import inspect
import json
import sys


def check():
    import importlib.metadata

    import kilosort  # noqa: F401  (finds out whether it can be imported at all)
    import torch

    version = importlib.metadata.version("kilosort")
    print(f"aftergate-kilosort {version} torch {torch.__version__} gpu {int(torch.cuda.is_available())}")


class Percents:
    """Stands where Kilosort expects the progress bar of its window."""

    def emit(self, percent):
        print(f"aftergate-percent {int(percent)}", flush=True)


def sort(job):
    from kilosort import run_kilosort
    from kilosort.io import load_probe

    # JSON has no infinity.
    settings = {key: float("inf") if value == "inf" else value for key, value in job["settings"].items()}
    wanted = {**job["options"], "clear_cache": True, "verbose_console": True}
    known = inspect.signature(run_kilosort).parameters
    too_new = [name for name in job["options"] if job["options"][name] and name not in known]
    if too_new:
        sys.exit(f"this Kilosort 4 is too old for {', '.join(too_new)}: update it (python -m pip install -U kilosort)")

    run_kilosort(
        settings,
        probe=load_probe(job["probe"]),
        filename=job["bin"],
        results_dir=job["results"],
        data_dtype="int16",
        progress_bar=Percents(),
        **{name: value for name, value in wanted.items() if name in known},
    )


def main(arguments):
    if arguments == ["--check"]:
        check()
    elif len(arguments) == 1:
        with open(arguments[0], encoding="utf-8") as file:
            sort(json.load(file))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
