"""The questions of the comfort panel: size of letters, contrast, height of the controls."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from kiosk.translation import Translator
from ui.applicant.overlay import Answer, Question
from ui.kit.comfort import Comfort, Contrast, TextSize


def comfort_questions(tr: Translator, now: Comfort, take: Callable[[Comfort], None]) -> tuple[Question, ...]:
    """Return what can be chosen.

    Args:
        tr: of the visitor's language.
        now: what holds now.
        take: called with the whole new choice.
    """
    sizes = {
        TextSize.NORMAL: tr.text("comfort", "Normales"),
        TextSize.LARGE: tr.text("comfort", "Grandes"),
        TextSize.LARGEST: tr.text("comfort", "Très grandes"),
    }
    contrasts = {
        Contrast.CALM: tr.text("comfort", "Bleu sur clair"),
        Contrast.STRONG: tr.text("comfort", "Jaune sur noir"),
    }
    heights = {False: tr.text("comfort", "Tout l'écran"), True: tr.text("comfort", "En bas de l'écran")}
    return (
        Question(
            "letters",
            tr.text("comfort", "Les lettres"),
            tuple(
                Answer(size.value, text, now.text_size is size, partial(take, replace(now, text_size=size)))
                for size, text in sizes.items()
            ),
        ),
        Question(
            "colours",
            tr.text("comfort", "Les couleurs"),
            tuple(
                Answer(contrast.value, text, now.contrast is contrast, partial(take, replace(now, contrast=contrast)))
                for contrast, text in contrasts.items()
            ),
        ),
        Question(
            "height",
            tr.text("comfort", "La place des boutons"),
            tuple(
                Answer(
                    "low" if is_low else "all", text, now.is_low is is_low, partial(take, replace(now, is_low=is_low))
                )
                for is_low, text in heights.items()
            ),
        ),
    )
