"""The demonstration: for somebody to touch when there is a display, else two visits by script and a report."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.errors import BorneError
from kiosk.journal.canonical import JsonValue
from ui.commands.answers import answer, note
from ui.commands.demo_parts.stage import DEMO_ACCOUNT, Stage, fresh_places, on_stage
from ui.commands.demo_parts.visitor import SCRIPTS, LostVisitorError, Seen, Visitor, wait_until
from ui.commands.qt_endings import quit_on_signals
from ui.commands.sync_report import sync_report
from ui.composition import gui_application, has_display

_SYNC_LIMIT_S = 30.0
# A script needs no half second to take its finger away, and its pictures are of pages that stand.
_FOR_A_SCRIPT = {"double_tap_ms": 100, "fade_ms": 0}
_STAFF_SIZE = (1366, 768)


def run_demo(out: Path, config: Path | None, *, headless: bool, as_json: bool) -> int:
    """Run the demonstration; return 0, without a display only when everything was really seen."""
    on_screen = has_display() and not headless
    qInstallMessageHandler(_without_offscreen_remarks)
    application = gui_application(on_screen=on_screen)
    places = fresh_places(out)
    with on_stage(places, config, screen={} if on_screen else _FOR_A_SCRIPT) as stage:
        if on_screen:
            return _for_people(application, stage)
        try:
            report = _by_script(stage)
        except (LostVisitorError, BorneError) as error:
            note(f"{error}; what was made is in {places.root}")
            return 1
    answer(report.facts, as_json=as_json)
    return 0 if report.is_good else 1


@dataclass(frozen=True, slots=True)
class Report:
    """What the scripted demonstration saw.

    Attributes:
        facts: for the answer.
        is_good: tickets confirmed, everything acknowledged, journal whole.
    """

    facts: dict[str, JsonValue]
    is_good: bool


def _for_people(application: QApplication, stage: Stage) -> int:
    """Show all windows side by side until they are closed or the process is told to end."""
    ticking = quit_on_signals(application)
    available = application.primaryScreen().availableGeometry()
    height = available.height()
    kiosk_width = min(height * 9 // 16, available.width() // 3)
    paper_width = min(420, available.width() // 4)
    left = available.left()
    for window, width, tall in (
        (stage.applicant, kiosk_width, height),
        (stage.paper, paper_width, height),
        (stage.supervisor, available.width() - kiosk_width - paper_width, min(height, 900)),
    ):
        window.setGeometry(left, available.top(), width, tall)
        window.show()
        left += width
    note(f"the staff screen: account {DEMO_ACCOUNT}, password {stage.password} (made for this run)")
    note(f"everything of this demonstration is in {stage.places.root}; close the windows to end it")
    code = application.exec()
    ticking.stop()
    return code


def _by_script(stage: Stage) -> Report:
    """Let two people file, then wait for the centre and look at what everybody has."""
    stage.supervisor.resize(*_STAFF_SIZE)
    for window in (stage.supervisor, stage.paper, stage.applicant):
        window.show()
    stage.applicant.activateWindow()
    wait_until(stage.applicant.isActiveWindow, "the kiosk has the keyboard")
    visitor = Visitor(stage.applicant, stage.places.pictures)
    visits = [visitor.file(script) for script in SCRIPTS]
    desk = stage.machine.desk
    wait_until(lambda: desk.backlog().pending == 0, "the centre has acknowledged everything", _SYNC_LIMIT_S)
    wait_until(lambda: stage.supervisor.rows_shown == len(visits), "the staff screen shows the filings")
    wait_until(lambda: stage.supervisor.is_up_to_date, "the staff screen shows that the centre is up to date")
    wait_until(lambda: stage.paper.is_still, "the paper is out")
    _shoot(stage.supervisor, stage.places.pictures / "supervisor.png")
    _shoot(stage.paper, stage.places.pictures / "paper.png")
    return _report(stage, visits)


def _report(stage: Stage, visits: list[Seen]) -> Report:
    machine, places = stage.machine, stage.places
    verification = machine.store.verify_journal([machine.signer.public_key])
    sync = sync_report(machine)
    is_good = all(
        (
            all(visit.last_page == "ticket_out" and visit.reference for visit in visits),
            len(list(places.slips.glob("*.png"))) == len(visits),
            sync["state"] == "up_to_date",
            verification.is_whole,
        )
    )
    facts: dict[str, JsonValue] = {
        "tickets": [str(path) for path in sorted(places.slips.glob("*.png"))],
        "printer_bytes": [str(path) for path in sorted(places.slips.glob("*.bin"))],
        "screenshots": str(places.pictures),
        "kiosk_data": str(places.kiosk),
        "config": str(places.config),
        "references": [visit.reference for visit in visits],
        "call_numbers": [visit.call_number for visit in visits],
        "confirmed": [visit.last_page == "ticket_out" for visit in visits],
        "sync": sync,
        "journal_verified": verification.is_whole,
        "journal_entries": verification.entries,
    }
    return Report(facts, is_good)


def _shoot(window: QWidget, picture: Path) -> None:
    QApplication.processEvents()
    if not window.grab().save(str(picture)):
        raise LostVisitorError(f"no picture at {picture}")


def _without_offscreen_remarks(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:  # noqa: ARG001
    """Pass on what Qt says, but for the offscreen platform's remark at each window that it has no size hints."""
    if "propagateSizeHints" not in text:
        note(text)
