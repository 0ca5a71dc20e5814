"""A visitor who answers one question, and nothing of the others."""

from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from kiosk.domain.request import RequestContent
from tests.fakes.visits import AScreen

# The kiosk's clock stands at 20 November 2026.
A_MINOR, OF_AGE = ("21", "11", "2008"), ("20", "11", "2008")


def words(screen: AScreen) -> str:
    """Every sentence that can be read now."""
    QApplication.processEvents()
    labels = screen.window.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisibleTo(screen.window))


def at_the_procedure(screen: AScreen, code: str = "REN-VPF") -> None:
    """Walk to the page of a procedure, in French."""
    group = screen.kiosk.catalogue.procedures[code].group
    for control in ("language_fr", "continue", f"group_{group}", f"procedure_{code}"):
        screen.tap(control)


def born(screen: AScreen, parts: tuple[str, str, str]) -> None:
    """Say a name and a birth date."""
    screen.until_page("names")
    screen.type_in("birth_name", "KONÉ")
    screen.tap("continue")
    for part, value in zip(("day", "month", "year"), parts, strict=True):
        screen.type_in(part, value)
    screen.tap("continue")


def at_the_review(screen: AScreen) -> None:
    """Answer nothing more."""
    while screen.window.page.name != "review":
        page = screen.window.page.name
        unknown = screen.window.page.findChild(QPushButton, "unknown")
        screen.tap("unknown" if unknown is not None else "continue")
        assert screen.window.page.name != page


def filed(screen: AScreen) -> RequestContent:
    """Confirm and return what is on disk."""
    screen.tap("confirm")
    screen.until_page("ticket_out")
    with screen.kiosk.store.reading() as unit:
        entries = [entry for entry, _ in unit.journal.entries_after(1, 100) if entry.type == "request_filed"]
        return unit.requests.get(entries[-1].subject).content  # type: ignore[arg-type]  # a filing has one
