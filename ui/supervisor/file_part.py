"""What a person's file is made of beside what was said and what happened: things that staff do with it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kiosk.ports.desk import PersonFile
from ui.supervisor.key_line import KeyLine


class FilePart(QWidget):
    """One block on the page of a file.

    ``changed`` carries the file as it is after something was done, ``said`` a sentence for the person at the screen,
    ``refused`` one that says why nothing was done; ``spread`` says whether a form is open that wants the column.
    """

    changed = Signal(object)
    said = Signal(str)
    refused = Signal(str)
    spread = Signal(bool)

    def show_file(self, file: PersonFile) -> None:
        """Be about this file."""

    @property
    def is_unfinished(self) -> bool:
        """Whether a form is open in which somebody may have typed."""
        return False

    @property
    def keys(self) -> Sequence[KeyLine]:
        """Its keys, each with what it does."""
        return ()

    def resume(self) -> None:
        """Put the keyboard back into the form that is open."""

    def forget(self) -> None:
        """Leave nothing of the person."""
