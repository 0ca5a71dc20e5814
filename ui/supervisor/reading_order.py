"""Tab goes through a form as it is read: what is made later, for one file, would otherwise come after everything."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget


def follow_reading(form: QWidget) -> None:
    """Let Tab go from field to field in the order of the layouts."""
    for before, after in pairwise(_fields_of(form)):
        QWidget.setTabOrder(before, after)


def _fields_of(widget: QWidget) -> Iterator[QWidget]:
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
    inside = widget.widget() if isinstance(widget, QScrollArea) else None
    if inside is not None:
        yield from _fields_of(inside)
    layout = widget.layout()
    if layout is not None:
        yield from _fields_in(layout)


def _fields_in(layout: QLayout) -> Iterator[QWidget]:
    for rank in range(layout.count()):
        item = layout.itemAt(rank)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield from _fields_of(widget)
        elif inner is not None:
            yield from _fields_in(inner)
