"""Print every figure of the design beside its yardstick and its target: ``python -m tests.bench [part ...]``."""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

PARTS = (
    "filing",
    "hall",
    "hub_hall",
    "finding",
    "hub_finding",
    "tickets",
    "slow_lines",
    "screens",
    "evidence",
    "links",
    "draining",
    "backlog",
    "torture",
)


def main() -> None:
    """Measure the parts that were asked for, all by default."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help=f"any of {', '.join(PARTS)}; default: all")
    parser.add_argument("--many", type=int, default=200_000, help="requests in the large store (1000000 takes longer)")
    chosen = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tests.bench import (  # noqa: PLC0415  # after the platform is chosen
        backlog,
        draining,
        evidence,
        filing,
        finding,
        hall,
        hub_finding,
        hub_hall,
        links,
        screens,
        slow_lines,
        tickets,
        torture,
    )
    from ui.commands.logs import configure_logs  # noqa: PLC0415

    configure_logs("error")
    filing.MANY = finding.MANY = backlog.MANY = chosen.many
    modules = {
        "filing": filing,
        "hall": hall,
        "hub_hall": hub_hall,
        "finding": finding,
        "hub_finding": hub_finding,
        "tickets": tickets,
        "slow_lines": slow_lines,
        "screens": screens,
        "evidence": evidence,
        "links": links,
        "draining": draining,
        "backlog": backlog,
        "torture": torture,
    }
    began = time.perf_counter()
    for part in chosen.parts or PARTS:
        sys.stdout.write(f"\n== {part}\n")
        with tempfile.TemporaryDirectory(prefix="borne-bench-") as folder:
            for figure in modules[part].measure(Path(folder)):
                sys.stdout.write(f"{figure}\n")
                sys.stdout.flush()
    sys.stdout.write(f"\n{time.perf_counter() - began:.0f} s in all\n")


if __name__ == "__main__":
    main()
