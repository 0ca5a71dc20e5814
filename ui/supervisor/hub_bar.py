"""What the staff screen says of the link to the hub: in a tile, and in a bar while it is lost."""

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QLabel, QSizePolicy

from kiosk.translation import Translator
from ui.supervisor.wording import Said, Tone


def hub_said(tr: Translator, lost_since: datetime | None, zone: ZoneInfo) -> tuple[Said, str]:
    """Return the word for the link to the hub, and what stands below it."""
    if lost_since is None:
        return Said("✔ " + tr.text("supervisor", "En liaison"), Tone.GOOD), tr.text("supervisor", "Serveur du site")
    since = tr.text("supervisor", "depuis {hour}").format(hour=f"{lost_since.astimezone(zone):%H:%M}")
    return Said("✖ " + tr.text("supervisor", "Sans liaison"), Tone.BAD), since


class HubBar(QLabel):
    """Says since when there is no link, and what that means for whoever works; hidden while there is one."""

    def __init__(self, tr: Translator, zone: ZoneInfo) -> None:
        super().__init__()
        self.setObjectName("hubLost")
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._tr, self._zone = tr, zone
        self.hide()

    def show_since(self, lost_since: datetime | None) -> None:
        """Say since when the hub does not answer; None while it does."""
        if lost_since is not None:
            text = self._tr.text(
                "supervisor",
                "Pas de lien avec le serveur depuis {hour}. La liste est celle d'avant ; rien ne peut être fait. "
                "Tout reprend seul quand le lien revient.",
            )
            self.setText(text.format(hour=f"{lost_since.astimezone(self._zone):%H:%M}"))
            self.setAccessibleName(self.text())
        self.setVisible(lost_since is not None)
