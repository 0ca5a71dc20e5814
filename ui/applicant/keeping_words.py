"""How long the kiosk keeps what a visitor said, in the visitor's words (RGPD art. 13, 2 a)."""

from kiosk.translation import Translator


def kept_said(tr: Translator, days: int) -> str:
    """Return for how many days after the filing the kiosk keeps it, as it is set (``retention.request_days``)."""
    if days == 1:
        return tr.text("notice", "Sur cette borne : un jour après l'envoi à la préfecture. Ensuite, c'est effacé ici.")
    kept = tr.text("notice", "Sur cette borne : {days} jours après l'envoi à la préfecture. Ensuite, c'est effacé ici.")
    return kept.format(days=tr.isolated(str(days)))
