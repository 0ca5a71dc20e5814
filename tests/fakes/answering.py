"""A visitor who answers one question, and nothing of the others."""

from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from kiosk.domain.request import FiledRequest, RequestContent
from tests.fakes.kiosks import AKiosk
from tests.fakes.visits import AScreen

_MARKS = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069\u2060"))
# The kiosk's clock stands at 20 November 2026.
A_MINOR, OF_AGE = ("21", "11", "2008"), ("20", "11", "2008")


def words(screen: AScreen) -> str:
    """Every sentence that can be read now, without the marks of direction."""
    QApplication.processEvents()  # a new page is laid out by the event loop
    labels = [label for label in screen.window.findChildren(QLabel) if label.isVisibleTo(screen.window)]
    return "\n".join(label.text() for label in labels).translate(_MARKS)


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
    """Answer nothing more, but for the name that nobody can leave out."""
    while screen.window.page.name != "review":
        page = screen.window.page.name
        if page == "names":
            screen.type_in("birth_name", "KONÉ")
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


def saved(kiosk: AKiosk) -> list[FiledRequest]:
    """Every request on disk."""
    with kiosk.store.reading() as unit:
        entries = [entry for entry, _ in unit.journal.entries_after(1, 10_000) if entry.type == "request_filed"]
        return [unit.requests.get(entry.subject) for entry in entries if entry.subject]  # type: ignore[arg-type]


def filings(kiosk: AKiosk) -> int:
    """How often something was filed."""
    return sum(kind in {"request_filed", "filing_repeated"} for kind in kiosk.entry_types())
