"""« Mon compte » at a hub: the code of a telephone is taken there, asked for at the door, and required of a role."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from kiosk.domain.staff import Role
from kiosk.one_time_codes import STEP_S
from kiosk.ports.desk import Desk
from sync.client.hub_factor import HttpFactor
from tests.fakes.halls import A_HALL, AHubAtWork, a_hub_at_work
from tests.fakes.staff import A_PASSWORD, ATelephone, a_telephone_with
from tests.fakes.staff_windows import AStaffScreen
from ui.supervisor.factor_page import FactorPage
from ui.supervisor.own_factor_section import OwnFactorSection
from ui.supervisor.sign_in_page import Door
from ui.supervisor.wording import staff_translator


class AStrictHub(AStaffScreen):
    """A window at a hub whose supervisors must have a second factor."""

    hub: AHubAtWork

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self._folder, self._open = folder, ExitStack()
        super().__init__(
            qtbot,
            folder,
            sections=lambda _kiosk: [
                lambda work: OwnFactorSection(staff_translator(), work, HttpFactor(self.hub.link()))
            ],
        )

    def _desk(self) -> tuple[Desk, Callable[[], datetime | None] | None]:
        strict = replace(A_HALL, factor_for=(Role.SUPERVISOR,))
        self.hub = self._open.enter_context(a_hub_at_work(self._folder, lambda: self.clock.utc, hall=strict))
        desk = self.hub.http_desk()
        return desk, lambda: desk.lost_since

    def an_account(self, name: str, role: Role) -> None:
        self.hub.account(name, role)

    def file(self, *names: str) -> None:
        super().file(*names)
        self.hub.take(self.kiosk)

    def take_factor(self) -> ATelephone:
        """Scan what is offered, type password and code, and return the telephone; its code is over then."""
        self.click("factorOffer")
        self.until(lambda: bool(self.said("factorSecret")))
        telephone = a_telephone_with(self.said("factorSecret").partition(": ")[2])
        self.write("factorPassword", A_PASSWORD)
        self.write("factorCode", telephone.shows(self.clock.utc))
        self.click("factorConfirm")
        self.until(lambda: len(self.said("recoveryCodes0").split()) == 5)
        self.clock.pass_time(timedelta(seconds=STEP_S))
        return telephone

    def close(self) -> None:
        super().close()
        self._open.close()


@pytest.fixture
def screen(qtbot: QtBot, fonts: tuple[str, ...], tmp_path: Path) -> Iterator[AStrictHub]:
    """A window at such a hub."""
    found = AStrictHub(qtbot, tmp_path)
    yield found
    found.close()


def test_a_role_that_must_have_one_sees_nothing_else_before(screen: AStrictHub) -> None:
    """Then all of it; and the screen that locked itself asks for password and code."""
    screen.file("DIALLO")
    screen.sign_in(role=Role.SUPERVISOR)
    screen.until(lambda: screen.widget("factorOffer", QPushButton).isVisible())
    screen.look()
    assert "Votre rôle demande ici un code" in screen.said("factorText")
    assert not screen.widget("hallSectionTab", QPushButton).isVisible()
    assert "DIALLO" not in screen.texts()
    telephone = screen.take_factor()
    screen.click("factorNoted")
    screen.until(lambda: screen.widget("hallSectionTab", QPushButton).isVisible())
    screen.click("hallSectionTab")
    screen.look()
    assert [row[3] for row in screen.cells()] == ["DIALLO"]
    screen.window.lock()
    screen.write("password", A_PASSWORD)
    screen.click("enter")
    screen.until(lambda: screen.widget("code", QLineEdit).isVisible())
    assert (screen.door(), screen.window.session) == (Door.LOCKED, None)
    screen.write("code", "000000")
    screen.click("enter")
    screen.until(lambda: screen.said("doorError").startswith("Code inexact"))
    screen.write("code", telephone.shows(screen.clock.utc))
    screen.click("enter")
    screen.until(lambda: screen.window.session is not None)

    assert A_PASSWORD not in screen.texts()


def test_whoever_wants_takes_one_and_gives_it_up(screen: AStrictHub) -> None:
    """There is no list to go back to; a lock leaves no secret on the screen."""
    screen.sign_in()
    screen.click("ownFactorSectionTab")
    screen.until(lambda: screen.widget("factorOffer", QPushButton).isVisible())
    screen.click("factorOffer")
    screen.until(lambda: bool(screen.said("factorSecret")))
    screen.click("factorBack")
    screen.until(lambda: screen.widget("factorOffer", QPushButton).isVisible())
    assert screen.said("factorSecret") == ""
    telephone = screen.take_factor()
    screen.click("factorNoted")
    screen.until(lambda: screen.widget("factorGiveUp", QPushButton).isVisible())
    assert not screen.widget("factorBack", QPushButton).isVisible()
    screen.write("factorPassword", A_PASSWORD)
    screen.write("factorCode", telephone.shows(screen.clock.utc))
    screen.click("factorGiveUp")

    screen.until(lambda: screen.widget("factorOffer", QPushButton).isVisible())


def test_it_is_read_again_when_the_link_is_back(screen: AStrictHub) -> None:
    """The page was opened without a link: it says so, and goes on by itself; what is being typed stays."""
    screen.sign_in(role=Role.AGENT)
    screen.until(lambda: screen.window.session is not None)
    section = screen.widget("ownFactorSection", OwnFactorSection)
    screen.window.show_section(section)
    screen.until(lambda: screen.widget("factorOffer", QPushButton).isVisible())
    news = screen.watch.look()
    screen.window.show_news(replace(news, hub_lost_since=news.seen_at))
    screen.widget("factorPage", FactorPage).refuse("Pas de lien avec le serveur : rien n'a été fait.")
    screen.window.show_news(news)

    screen.until(lambda: screen.said("factorError") == "")
    assert screen.widget("factorOffer", QPushButton).isVisible()
