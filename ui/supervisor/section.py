"""What the staff screen is made of: one section for each thing that staff do, and which of them a role sees."""

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from kiosk.domain.staff import Permission
from kiosk.ports.desk import StaffSession
from ui.supervisor.desk_watch import DeskNews


class Section(QWidget):
    """One part of the staff screen, opened by its tab or ``Ctrl`` and its rank.

    It asks :class:`ui.supervisor.staff_work.StaffWork` to do things and decides nothing itself.

    Attributes:
        title: on its tab, in French.
        needs: without this permission there is no tab.
    """

    title: str
    needs: ClassVar[Permission] = Permission.SERVE

    @property
    def is_unfinished(self) -> bool:
        """Whether somebody typed something here that is not saved."""
        return False

    def begin(self, session: StaffSession) -> None:
        """Serve somebody who signed in, or came back to a locked screen."""

    def enter(self) -> None:
        """Be the section before the eyes: read what is shown anew, put the keyboard where work begins."""

    def show_news(self, news: DeskNews) -> None:
        """Paint what was seen at the desk; comes each second, for whoever is signed in."""

    def forget(self) -> None:
        """Leave nothing of anybody, on the screen or behind it: the screen is locked, or the person went."""
