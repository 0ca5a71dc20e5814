"""What the staff screen is made of: one section for each thing that staff do, and which of them a role sees."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kiosk.domain.staff import Permission
from kiosk.ports.desk import StaffSession
from ui.supervisor.desk_watch import DeskNews
from ui.supervisor.key_line import KeyLine


class Section(QWidget):
    """One part of the staff screen, opened by its tab or ``Ctrl`` and its rank.

    It asks :class:`ui.supervisor.staff_work.StaffWork` to do things and decides nothing itself.

    Attributes:
        title: on its tab, in French.
        needs: without this permission there is no tab; None for what is everybody's, also of those who must take a
            second factor first.
        remarked: what the tab says beside the title, so that it is seen from another section; empty for nothing. First
            as it is written, then as it is read aloud.
    """

    remarked = Signal(str, str)

    title: str
    needs: ClassVar[Permission | None] = Permission.SERVE

    def is_for(self, session: StaffSession) -> bool:
        """Whether somebody may see it, now."""
        return self.needs is None or session.may(self.needs)

    def title_for(self, session: StaffSession) -> str:
        """Return what its tab says to somebody: :attr:`title`, unless the role sees something else in it."""
        del session
        return self.title

    @property
    def keys(self) -> Sequence[KeyLine]:
        """Its own keys, each with what it does, for the page of keys; what a button shows need not be here."""
        return ()

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

    def take_scan(self, text: str) -> bool:
        """Answer a code that a reader read, and tell whether it was one for this section."""
        del text
        return False

    def forget(self) -> None:
        """Leave nothing of anybody, on the screen or behind it: the screen is locked, or the person went."""
