"""How long the kiosk keeps what a visitor said, in the visitor's words (RGPD art. 13, 2 a)."""

from kiosk.translation import Translator


def kept_said(tr: Translator, days: int | None) -> str:
    """Return for how many days after the filing the kiosk keeps it, as it is set (``retention.request_days``).

    Without a centre, None, nothing here is ever erased by itself: it is the only copy.
    """
    if days is None:
        return tr.text("notice", "Sur cette borne, sans date de fin. Vous pouvez demander d'effacer.")
    if days == 1:
        return tr.text("notice", "Sur cette borne : un jour après l'envoi à la préfecture. Ensuite, c'est effacé ici.")
    kept = tr.text("notice", "Sur cette borne : {days} jours après l'envoi à la préfecture. Ensuite, c'est effacé ici.")
    return kept.format(days=tr.isolated(str(days)))
