"""Everything that the demonstration needs, running in one process on loopback, on a fresh directory."""

import contextlib
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from kiosk.settings import Settings
from kiosk.settings_loading import load_settings
from printing.emulator import EmulatedPrinter, serve_tcp
from printing.escpos.profile import profile_of
from ui.applicant.window import ApplicantWindow
from ui.commands.config_file import toml_value
from ui.commands.demo_parts.paper_window import PaperWindow
from ui.commands.kiosk_process import beside_the_screens
from ui.commands.supervisor_process import supervising
from ui.composition import Machine, applicant_services, background_centre, open_machine, started
from ui.supervisor.window import SupervisorWindow

DEMO_ACCOUNT: Final = "demo"
_QUICK_POLL_S: Final = 0.5


@dataclass(frozen=True, slots=True)
class Places:
    """Where a demonstration keeps what it makes.

    Attributes:
        root: all of it.
        slips: the printer's tray: one ``.bin`` and one ``.png`` for each ticket.
        pictures: screenshots.
        kiosk: data directory of the kiosk.
        centre: data directory of the centre.
        config: settings of the kiosk.
    """

    root: Path
    slips: Path
    pictures: Path
    kiosk: Path
    centre: Path
    config: Path


@dataclass(frozen=True, slots=True)
class Stage:
    """The demonstration, running.

    Attributes:
        places: where everything is kept.
        machine: the kiosk.
        applicant: its screens.
        supervisor: the staff window, signed in.
        paper: what the printer puts out.
        password: of :data:`DEMO_ACCOUNT`, made by chance for this run.
    """

    places: Places
    machine: Machine
    applicant: ApplicantWindow
    supervisor: SupervisorWindow
    paper: PaperWindow
    password: str = field(repr=False)


def fresh_places(out: Path) -> Places:
    """Make a directory of its own for this demonstration; earlier ones stay."""
    root = (out / f"{datetime.now().astimezone():%Y-%m-%d_%H%M%S_%f}").absolute()
    places = Places(root, root / "printer", root / "screens", root / "kiosk", root / "centre", root / "borne.toml")
    for folder in (places.slips, places.pictures, places.centre):
        folder.mkdir(parents=True)
    return places


@contextlib.contextmanager
def on_stage(places: Places, config: Path | None, *, screen: Mapping[str, object]) -> Iterator[Stage]:
    """Run centre, printer, kiosk and staff screen for as long as the block runs.

    Args:
        places: where everything is kept.
        config: settings to begin with; None for the sample site.
        screen: settings of the applicant's screens that the demonstration changes.
    """
    sample = load_settings(config)
    profile = profile_of(sample.printer)
    printer = EmulatedPrinter(places.slips, profile.width_dots, profile.dots_per_inch)
    with background_centre(places.centre) as centre_url, serve_tcp(printer) as line:
        settings = _settings(sample, line.url, centre_url, screen)
        places.config.write_text(_toml(settings), encoding="utf-8")
        with open_machine(settings, places.kiosk, config=places.config) as machine, started(machine):
            password = _made_account(machine)
            with supervising(machine) as supervisor:
                supervisor.sign_in(DEMO_ACCOUNT, password, settings.hall.counters[0])
                stage = _windows(places, machine, supervisor, password)
                try:
                    with beside_the_screens(machine, stage.applicant):
                        yield stage
                finally:
                    for window in (stage.applicant, stage.paper):
                        window.close()


def _made_account(machine: Machine) -> str:
    """Make the account of this demonstration, with a password that nobody knew before, and return that."""
    password = f"{secrets.token_urlsafe(9)}-Aa1"
    machine.desk.found(DEMO_ACCOUNT, password)
    return password


def _windows(places: Places, machine: Machine, supervisor: SupervisorWindow, password: str) -> Stage:
    return Stage(
        places,
        machine,
        ApplicantWindow(applicant_services(machine)),
        supervisor,
        PaperWindow(places.slips, dots_per_inch=profile_of(machine.settings.printer).dots_per_inch),
        password,
    )


def _settings(sample: Settings, printer_url: str, centre_url: str, screen: Mapping[str, object]) -> Settings:
    changes: dict[str, Mapping[str, object]] = {
        "printer": {"url": printer_url},
        "central": {"url": centre_url, "idle_poll_s": _QUICK_POLL_S, "backoff_max_s": 5.0},
        "screen": {"full_screen": False, **screen},
    }
    return sample.model_copy(
        update={
            section: getattr(sample, section).model_copy(update=dict(values)) for section, values in changes.items()
        }
    )


def _toml(settings: Settings) -> str:
    """The settings that differ, so that other commands can look at what the demonstration left."""
    lines = ["# Made by the demonstration; its centre and its printer end with it."]
    for section in ("site", "printer", "central", "screen"):
        lines.append(f"[{section}]")
        values = getattr(settings, section)
        lines += [f"{name} = {toml_value(value)}" for name, value in values if value is not None]
    return "\n".join(lines) + "\n"
