"""What a voice says of a page and of a control: the same names that assistive technology is given."""

from collections.abc import Iterator
from typing import Final

from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from kiosk.translation import Translator
from ui.kit.text_entry import TextEntry

_UNSAYABLE: Final = frozenset("•ـ\n ")  # what stands for hidden answers


def spoken_page(page: QWidget, step: str = "") -> str:
    """Return everything that a page says in writing, as sentences, in the order of reading, columns one by one.

    Args:
        page: on the screen.
        step: of the visit, said after the title; nothing where it is known.
    """
    texts = list(_texts(page))
    if step:
        texts.insert(min(1, len(texts)), step)
    return " ".join(map(_sentence, texts))


def spoken_control(control: QWidget, tr: Translator, place: tuple[int, int]) -> str:
    """Return name, kind, state and place of a control, the name first: who knows it need not hear the rest.

    Args:
        control: has the focus.
        tr: of the visitor's language.
        place: which one it is, of how many.
    """
    said = [control.accessibleName()]
    if isinstance(control, TextEntry):
        said += [tr.text("speech", "champ à remplir"), control.text() or tr.text("speech", "vide")]
    elif isinstance(control, QAbstractButton) and control.isCheckable():
        said.append(tr.text("speech", "coché") if control.isChecked() else tr.text("speech", "pas coché"))
    elif isinstance(control, QAbstractButton):
        said.append(tr.text("speech", "bouton"))
    said.append(control.accessibleDescription())
    number, count = place
    said.append(tr.text("speech", "{number} sur {count}").format(number=number, count=count))
    return " ".join(_sentence(part) for part in said if part.strip())


def _texts(page: QWidget) -> Iterator[str]:
    labels = [label for label in page.findChildren(QLabel) if label.text() and label.isVisibleTo(page)]
    labels = [label for label in labels if not isinstance(label.parent(), QAbstractButton)]
    for label in labels:
        if not set(label.text()) <= _UNSAYABLE:
            yield label.text()


def _sentence(text: str) -> str:
    """Return a text that ends like one, so that the voice takes a breath."""
    text = " ".join(text.split())
    return text if text[-1:] in ".?!:,;。؟۔।" else f"{text}."
