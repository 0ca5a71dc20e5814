"""What stands above and below every page: how far the visit is, how it is shown, a person, the way out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from kiosk.workflows.visit import VisitState
from ui.applicant.hall import WELCOME
from ui.applicant.page import Page, PageContext
from ui.applicant.wording import step_said
from ui.kit.buttons import IconButton, TapButton
from ui.kit.labels import text_label
from ui.kit.theme import Theme

_AT_LEAST_TO_CHOOSE: Final = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person can ask for on every page.

    Attributes:
        comfort: larger letters, other colours, lower controls, a voice.
        language: another language.
        voice: to hear the page.
    """

    comfort: Callable[[], object]
    language: Callable[[], object]
    voice: Callable[[], object]


class Bands:
    """Makes the two bands of a page."""

    def __init__(self, context: PageContext, page: Page, asked: Asked) -> None:
        self._theme, self._tr = context.theme, context.tr
        self._services, self._journey = context.services, context.journey
        self._page, self._asked = page, asked

    def top(self) -> QWidget:
        """Return what stands above the page: whose kiosk it is, how far the visit is, voice, comfort, language."""
        theme, tr = self._theme, self._tr
        band, row = _band(theme, "top", 0.75)
        band.setMinimumHeight(theme.target + theme.steps(1.5))  # the same with and without buttons
        brand = text_label(
            f"{tr.text('brand', 'RÉPUBLIQUE FRANÇAISE')}\n{self._services.site.prefecture_name}", "brand"
        )
        row.addWidget(brand, 5)
        comfort = IconButton("comfort", _unless_narrow(theme, tr.text("comfort", "Confort")), "comfort", theme)
        comfort.setAccessibleName(tr.text("comfort", "Accessibilité : lettres, couleurs, hauteur"))
        comfort.double_tap_ms = self._services.settings.double_tap_ms
        comfort.then(self._asked.comfort)
        ways = [comfort] if self._services.speech is None else [self._listen_button(), comfort]
        is_here = self._journey.state is not VisitState.IDLE
        bar = self._progress_bar() if is_here else None
        if bar is not None and theme.is_wide:
            row.addWidget(bar, 2)
        for way in ways:
            row.addWidget(way)
        if self._page.name != WELCOME:  # it has a button for each
            self._add_language(row)
        return band if bar is None or theme.is_wide else _one_above_the_other(band, bar)

    def _progress_bar(self) -> QProgressBar:
        done, total = self._journey.progress
        bar = QProgressBar()
        bar.setObjectName("progress")
        bar.setAccessibleName(step_said(self._journey, self._tr))
        bar.setRange(0, total)
        bar.setValue(done)
        bar.setTextVisible(False)
        return bar

    def _listen_button(self) -> TapButton:
        """Return the way to hear the page, again if need be."""
        theme, tr = self._theme, self._tr
        listen = IconButton("listen", _unless_narrow(theme, tr.text("speech", "Écouter")), "listen", theme)
        listen.setAccessibleName(tr.text("speech", "Écouter"))
        listen.double_tap_ms = self._services.settings.double_tap_ms
        listen.then(self._asked.voice)
        return listen

    def _add_language(self, row: QHBoxLayout) -> None:
        """Let a person who took the wrong language take another one, without beginning again."""
        if len(self._services.settings.languages) < _AT_LEAST_TO_CHOOSE or self._journey.is_recording:
            return
        theme, tr = self._theme, self._tr
        button = IconButton("language", _unless_narrow(theme, tr.language.own_name), "language", theme)
        button.double_tap_ms = self._services.settings.double_tap_ms
        button.setAccessibleName(f"{tr.text('language', 'Changer de langue')} ({tr.language.own_name})")
        button.then(self._asked.language)
        row.addWidget(button)

    def bottom(self) -> QWidget:
        """Return what stands below it: the way back, a person, the way out."""
        theme, tr = self._theme, self._tr
        band, row = _band(theme, "bottom", 1.5)
        agent = IconButton("agent", tr.text("action", "Je veux parler à un agent"), "agent", theme)
        agent.then(self._journey.ask_agent)
        agent.setEnabled(self._page.can_call)
        if theme.is_narrow:  # large letters on an upright screen: the way to a person has a line of its own
            above = QVBoxLayout()
            above.setSpacing(theme.steps(1.5))
            above.addWidget(agent)
            below = QHBoxLayout()
            below.setSpacing(theme.steps(2))
            above.addLayout(below)
            row.addLayout(above)
        else:
            below = row
        if self._page.has_back:
            arrow = "back-rtl" if tr.language.is_right_to_left else "back"
            back = IconButton("back", tr.text("action", "Retour"), arrow, theme)
            back.then(self._journey.go_back)
            below.addWidget(back, 2)
        if not theme.is_narrow:
            row.addWidget(agent, 4)
        leave: TapButton = IconButton("erase_and_leave", tr.text("action", "Effacer et quitter"), "erase", theme)
        leave.then(self._journey.leave)
        leave.setEnabled(self._page.can_leave)
        below.addWidget(leave, 3)
        for button in band.findChildren(TapButton):
            button.double_tap_ms = self._services.settings.double_tap_ms
        return band


def _unless_narrow(theme: Theme, text: str) -> str:
    """Return a text, or nothing where large letters leave room for a pictogram only; its name is still spoken."""
    return "" if theme.is_narrow else text


def _one_above_the_other(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in widgets:
        column.addWidget(widget)
    return holder


def _band(theme: Theme, edge: str, rim: float) -> tuple[QWidget, QHBoxLayout]:
    band = QFrame()
    band.setProperty("role", "band")
    band.setProperty("edge", edge)
    row = QHBoxLayout(band)
    row.setContentsMargins(theme.steps(4), theme.steps(rim), theme.steps(4), theme.steps(rim))
    row.setSpacing(theme.steps(2))
    return band, row
