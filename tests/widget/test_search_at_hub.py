"""The search of a counter at a hub, wired as the program wires it: found, opened, exported, and a line that is cut."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from kiosk.domain.request import FilingOutcome
from kiosk.domain.staff import Role
from kiosk.journal.entry import EntryType
from kiosk.journal.seal import make_seal
from kiosk.settings import HallSettings, Settings
from tests.fakes.clocks import FixedClock, a_signer
from tests.fakes.fault_proxy import Fault, a_fault_proxy
from tests.fakes.halls import a_hub_at_work, a_kiosk_of_the_site
from tests.fakes.requests import a_request_content
from tests.fakes.staff import A_PASSWORD, COUNTERS
from ui.commands.supervisor_process import scanning_at_counter, supervising_at_hub
from ui.supervisor.search_section import SearchSection
from ui.supervisor.search_table import PERSON

LIMIT_MS = 8000
Found = TypeVar("Found", bound=QWidget)


class ACounter:
    """A counter at a hub to which two kiosks sent, and the line between."""

    def __init__(self, qtbot: QtBot, folder: Path, open_things: ExitStack) -> None:
        self._qtbot = qtbot
        self.hub = open_things.enter_context(a_hub_at_work(folder))
        port = urlsplit(self.hub.running.url).port
        assert port is not None
        self.line = open_things.enter_context(a_fault_proxy(port))
        self.line.calm()
        self.filed = {name: self._file(folder, *at) for name, at in {"SOW": ("SOW", "A2"), "BA": ("BA", "B1")}.items()}
        hall = HallSettings(hub_url=self.line.url, hub_deadline_s=2.0)
        self.window = open_things.enter_context(supervising_at_hub(Settings(hall=hall)))
        open_things.enter_context(scanning_at_counter(hall, self.window))
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()

    def sign_in(self, role: Role = Role.SUPERVISOR) -> SearchSection:
        """Sign somebody in and open the search."""
        self.hub.account("s.blanc", role)
        self.window.sign_in("s.blanc", A_PASSWORD, COUNTERS[0])
        self.until(lambda: self.window.session is not None)
        (section,) = self.window.findChildren(SearchSection)
        self.window.show_section(section)
        self.until(lambda: len(self.found()) == 2)
        return section

    def until(self, seen: Callable[[], bool]) -> None:
        """Wait for something."""
        self._qtbot.waitUntil(seen, timeout=LIMIT_MS)

    def found(self) -> list[str]:
        """Return the names of the list."""
        model = self._of(QTableView, "requests").model()
        return [model.index(row, PERSON).data() for row in range(model.rowCount())]

    def said(self) -> str:
        """Return what stands under the list."""
        return self._of(QLabel, "searchSaid").text()

    def is_seen(self, name: str) -> bool:
        """Whether a button is there for whoever is signed in."""
        return self._of(QPushButton, name).isVisibleTo(self.window)

    def says_lost(self) -> bool:
        """Whether the window says that the line is cut."""
        return self._of(QLabel, "hubLost").isVisibleTo(self.window)

    def _of(self, kind: type[Found], name: str) -> Found:
        found = self.window.findChild(kind, name)
        assert isinstance(found, kind), name
        return found

    def _file(self, folder: Path, name: str, kiosk_id: str) -> FilingOutcome:
        kiosk = a_kiosk_of_the_site(folder / kiosk_id, kiosk_id)
        kiosk.clock = FixedClock(datetime.now(UTC) - timedelta(minutes=5))
        filed = kiosk.file(a_request_content(birth_name=name, given_names=(), foreigner_number=None))
        self.hub.take(kiosk)
        kiosk.store.close()
        return filed


@pytest.fixture
def counter(qtbot: QtBot, fonts: tuple[str, ...], tmp_path: Path) -> Iterator[ACounter]:
    """A counter at a hub."""
    with ExitStack() as open_things:
        yield ACounter(qtbot, tmp_path, open_things)


def test_what_any_kiosk_filed_is_found_opened_and_exported(counter: ACounter, tmp_path: Path) -> None:
    """By name, and by a ticket that is scanned while the hall is before the eyes; the file stays on this machine."""
    search = counter.sign_in()
    search.page.put_text("ba")
    search._ask()
    counter.until(lambda: counter.found() == ["BA"])
    search.page.put_text("")
    search._ask()
    counter.until(lambda: len(counter.found()) == 2)
    search.page.export._write(tmp_path / "liste.csv", search._question_now())
    counter.until(lambda: counter.said() == "Lignes exportées dans liste.csv : 2.")
    counter.window.show_section(counter.window._hall)
    filed = counter.filed["SOW"]
    assert counter.window.take_scan(make_seal(filed.request, filed.filing, "38-A2", a_signer()))
    counter.until(lambda: counter.said() == "Ticket authentique.")
    search._open(filed.request.reference)
    counter.until(lambda: search._pages.currentWidget() is search._file)

    assert counter.found() == ["SOW"]
    assert (tmp_path / "liste.csv").read_text(encoding="utf-8-sig").count("38-") == 2
    assert counter.hub.own_entries(EntryType.FILE_OPENED) == [filed.request.request_id]
    assert [facts["rows"] for facts in counter.hub.own_facts(EntryType.LIST_EXPORTED)] == [2]


def test_a_cut_line_is_said_and_the_question_is_asked_again_by_itself(counter: ACounter, tmp_path: Path) -> None:
    """What was found stays to be read; no half file is left; an agent never had the button."""
    search = counter.sign_in(Role.AGENT)
    assert not counter.is_seen("exportList")
    counter.window.sign_out()
    counter.hub.account("c.noir", Role.ADMINISTRATOR)
    counter.window.sign_in("c.noir", A_PASSWORD, COUNTERS[0])
    counter.until(lambda: counter.window.session is not None)
    counter.window.show_section(search)
    counter.until(lambda: len(counter.found()) == 2)
    counter.line.always(Fault.RESET_BEFORE_REQUEST)
    search.page.put_text("sow")
    search._ask()
    counter.until(lambda: counter.said() == "Pas de lien avec le serveur : rien n'a été fait.")
    assert len(counter.found()) == 2
    search.page.export._write(tmp_path / "liste.xlsx", search._question_now())
    counter.until(lambda: counter.said().endswith("aucun fichier n'est resté. Recommencez l'export."))
    counter.until(counter.says_lost)
    counter.line.calm()
    counter.until(lambda: counter.found() == ["SOW"])

    assert counter.is_seen("exportList")
    assert not counter.says_lost()
    assert list(tmp_path.glob("liste*")) == []
