"""What assistive technology is told otherwise than Qt would: headings, messages above a page, parts that scroll."""

from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QFrame, QLabel, QScrollArea


class _Label(QAccessibleWidget):
    """A label of another role; it is called what it says."""

    def text(self, kind: QAccessible.Text) -> str:
        """Return its name, or what else is asked."""
        label = self.object()
        if kind is QAccessible.Text.Name and isinstance(label, QLabel):
            return label.text()
        return super().text(kind)


class _Dialog(QAccessibleWidget):
    """A message: nothing else can be reached by keys while it is there."""

    def state(self) -> QAccessible.State:
        """Return how it is, and that it comes before all else."""
        state = super().state()
        state.modal = True
        return state


@cache
def mend_accessible_tree() -> None:
    """Have it told so, once and for all in this process.

    Nothing is made before an assistive technology asks. Then PySide6 6.11 keeps 0.3 KB for each thing that was told.
    """
    QAccessible.installFactory(_interface_of)


def _interface_of(_kind: str, told: QObject) -> QAccessibleInterface | None:
    """Return what is told of an object; None for what Qt tells well. ``role`` is that of the style sheets."""
    if isinstance(told, QScrollArea):
        # WORKAROUND Qt 6.11: QAccessibleAbstractScrollArea::child() takes any number. Whoever asks for the scroll bar
        # that has gone since they counted ends the program.
        return QAccessibleWidget(told, QAccessible.Role.Client)
    if isinstance(told, QLabel) and told.property("role") == "heading":
        return _Label(told, QAccessible.Role.Heading)
    if isinstance(told, QFrame) and told.property("role") == "dialog":
        return _Dialog(told, QAccessible.Role.Dialog)
    return None
