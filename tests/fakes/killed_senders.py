"""Kiosks that send, each in a process of its own, killed as a power cut does, and started again until all is sent.

``python -m tests.fakes.killed_senders URL --every SECONDS FOLDER...``; the name of a folder is the machine's origin.
Forked from a process that has imported everything, so that a start costs milliseconds. Prints how often what happened.
"""

import argparse
import json
import os
import random
import signal
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.ports.link import LinkCondition, LinkState
from kiosk.settings import Settings
from sync.client.worker import SyncWorker
from tests.fakes.backlogs import site_settings
from ui.commands.logs import configure_logs
from ui.composition import open_machine

_LOOK_S = 0.02
_LOOK_AT_PARENT_S = 0.5
_MOST_KILLS_OF_ONE = 60  # then it is left alone: sending must end


@dataclass
class Senders:
    """The processes.

    Attributes:
        folders: of the kiosks.
        settings: of the link, for all.
        every_s: mean time between two kills; 0 kills nobody.
        chance: who and when.
        kills: so far, by folder.
    """

    folders: list[Path]
    link: dict[str, object]
    every_s: float
    chance: random.Random
    kills: dict[Path, int] = field(default_factory=dict)
    running: dict[int, Path] = field(default_factory=dict)

    def run(self) -> None:
        """Run until every kiosk has sent everything."""
        for folder in self.folders:
            self.start(folder)
        next_kill = self._next_kill()
        while self.running:
            self._reap()
            if self.running and time.monotonic() >= next_kill:
                self._kill()
                next_kill = self._next_kill()
            time.sleep(_LOOK_S)

    def start(self, folder: Path) -> None:
        """Start one kiosk."""
        pid = os.fork()
        if pid:
            self.running[pid] = folder
            return
        code = 1
        try:
            send(folder, self.link)
            code = 0
        finally:
            sys.stderr.flush()
            os._exit(code)

    def _next_kill(self) -> float:
        return time.monotonic() + self.chance.expovariate(1 / self.every_s) if self.every_s else float("inf")

    def _kill(self) -> None:
        pid = self.chance.choice(sorted(self.running))
        folder = self.running[pid]
        if self.kills.get(folder, 0) < _MOST_KILLS_OF_ONE:
            self.kills[folder] = self.kills.get(folder, 0) + 1
            os.kill(pid, signal.SIGKILL)

    def _reap(self) -> None:
        while self.running:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            folder = self.running.pop(pid)
            code = os.waitstatus_to_exitcode(status)
            if code == -signal.SIGKILL:
                self.start(folder)
            elif code != 0:
                raise SystemExit(f"the sender of {folder.name} ended with {code}")


def send(folder: Path, link: dict[str, object]) -> None:
    """Send everything of one kiosk with the thread that a kiosk has, however long it takes."""
    settings = sending_settings(folder.name, link)
    all_sent, parent = threading.Event(), os.getppid()

    def tell(condition: LinkCondition) -> None:
        if condition.state is LinkState.IDLE:
            all_sent.set()

    with open_machine(settings, folder) as machine:
        worker = SyncWorker(machine.link.drain, machine.trust.settings, tell=tell)
        worker.start()
        while not all_sent.wait(_LOOK_AT_PARENT_S):
            if os.getppid() != parent:
                raise SystemExit("the test is gone")
        worker.stop()


def sending_settings(origin: str, link: dict[str, object]) -> Settings:
    """Return the settings of a machine with a link."""
    settings = site_settings(origin)
    return settings.model_copy(update={"central": settings.central.model_copy(update=link)})


def main() -> None:
    """Run them all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--every", type=float, default=0.0, help="seconds between two kills, on average")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--batch", type=int, default=500)
    parser.add_argument("--deadline", type=float, default=20.0)
    parser.add_argument("--longest-pause", type=float, default=300.0)
    chosen = parser.parse_args()
    configure_logs("critical")
    link: dict[str, object] = {
        "url": chosen.url,
        "batch_entries": chosen.batch,
        "deadline_s": chosen.deadline,
        "backoff_first_s": min(0.1, chosen.longest_pause),
        "backoff_max_s": chosen.longest_pause,
        "probe_s": 0.2,
    }
    senders = Senders(chosen.folders, link, chosen.every, random.Random(chosen.seed))
    began = time.monotonic()
    senders.run()
    print(json.dumps({"kills": sum(senders.kills.values()), "seconds": time.monotonic() - began}))  # noqa: T201


if __name__ == "__main__":
    main()
