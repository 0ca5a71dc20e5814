"""What the staff screen says while the link to the hub is lost."""

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QLabel, QSizePolicy

from kiosk.translation import Translator
from ui.kit.announcement import announce
from ui.supervisor.wording import instant_said


class HubBar(QLabel):
    """Says since when there is no link, and what that means for whoever works; hidden while there is one."""

    def __init__(self, tr: Translator, zone: ZoneInfo) -> None:
        super().__init__()
        self.setObjectName("hubLost")
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._tr, self._zone = tr, zone
        self.hide()

    def show_since(self, lost_since: datetime | None, now: datetime, *, has_list: bool) -> None:
        """Say since when the hub does not answer.

        Args:
            lost_since: None while it does.
            now: UTC instant: of a night before, the day is said too.
            has_list: whether somebody looks at a list of then.
        """
        if lost_since is not None:
            tr = self._tr
            since = tr.text("supervisor", "Pas de lien avec le serveur {since}.")
            list_of_then = tr.text("supervisor", "La liste date de ce moment : aucune action n'est possible.")
            by_itself = tr.text("supervisor", "Tout reprend seul quand le lien revient.")
            parts = [since.format(since=instant_said(tr, lost_since, now, self._zone))]
            parts += [list_of_then] * has_list
            text = " ".join([*parts, by_itself])
            if self.isHidden():
                announce(self, text)
            self.setText(text)
            self.setAccessibleName(text)
        self.setVisible(lost_since is not None)
