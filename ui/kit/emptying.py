"""Taking widgets out of a layout so that nothing of them stays.

WORKAROUND: PySide 6 never frees an item that ``takeAt`` or ``replaceWidget`` returns: a hundred bytes and more each
time. ``removeWidget`` frees it.
"""

from PySide6.QtWidgets import QBoxLayout, QLayout, QWidget


def empty(layout: QLayout) -> None:
    """Take all widgets of a layout away, at once for the eyes and soon for good."""
    for rank in reversed(range(layout.count())):
        item = layout.itemAt(rank)
        widget = item.widget() if item is not None else None
        if widget is not None:
            _take_away(layout, widget)


def replace(layout: QBoxLayout, old: QWidget, new: QWidget) -> None:
    """Put a widget in the place of another one, which goes for good; its share of the room stays."""
    rank = layout.indexOf(old)
    share = layout.stretch(rank)
    _take_away(layout, old)
    layout.insertWidget(rank, new, share)


def _take_away(layout: QLayout, widget: QWidget) -> None:
    layout.removeWidget(widget)
    widget.hide()
    widget.deleteLater()
