"""The questions of the comfort panel: size of letters, contrast, height of the controls."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from kiosk.translation import Translator
from ui.applicant.overlay import Answer, Question
from ui.kit.comfort import Comfort, Contrast, TextSize, Voice


def comfort_questions(
    tr: Translator, now: Comfort, take: Callable[[Comfort], None], *, has_voice: bool
) -> tuple[Question, ...]:
    """Return what can be chosen.

    Args:
        tr: of the visitor's language.
        now: what holds now.
        take: called with the whole new choice.
        has_voice: whether there is a headset to listen with.
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
    questions = (
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
    return (*questions, _voice_question(tr, now, take)) if has_voice else questions


def _voice_question(tr: Translator, now: Comfort, take: Callable[[Comfort], None]) -> Question:
    paces = {
        Voice.OFF: tr.text("comfort", "Non"),
        Voice.SLOW: tr.text("comfort", "Lente"),
        Voice.FAST: tr.text("comfort", "Rapide"),
    }
    answers = (
        Answer(voice.value, text, now.voice is voice, partial(take, replace(now, voice=voice)))
        for voice, text in paces.items()
    )
    return Question("voice", tr.text("comfort", "La voix dans le casque"), tuple(answers))
