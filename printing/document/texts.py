"""The wording of the ticket: every sentence once, in French, with the context that its translations are filed under.

The French is the authentic text and is meant to be read by a lawyer of the préfecture. Sentences that are mandatory
word for word are marked; catalogues are ``resources/locale/<code>/LC_MESSAGES/ticket.po``, made binary with
``pybabel compile -D ticket -d resources/locale``.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence to translate, then to fill.

    Attributes:
        context: gettext context: where on the ticket it stands.
        french: source text, with ``{names}`` for what is filled in.
    """

    context: str
    french: str


# --------------------------------------------------------------------------------------------------- head of the ticket
REPUBLIC: Final = Message("head", "RÉPUBLIQUE FRANÇAISE")
TITLE_ACKNOWLEDGEMENT: Final = Message("title", "ACCUSÉ D'ENREGISTREMENT DE VOTRE DEMANDE")
TITLE_TRACE: Final = Message("title", "TRACE DE VOTRE PASSAGE")
SPECIMEN: Final = Message("mark", "SPÉCIMEN")
SPECIMEN_MEANING: Final = Message("mark", "Exemple sans valeur : aucune demande n'est enregistrée.")
DUPLICATE: Final = Message("mark", "DUPLICATA n° {number}")
# Said in French only, to whoever compares two papers; the reasons are those of the journal.
REPRINTED: Final = "Imprimé à nouveau le {instant} par {agent} ({reason}). La date de la demande ne change pas."
REPRINT_REASONS: Final = {
    "not_printed": "ticket non sorti",
    "unreadable": "ticket illisible",
    "lost": "ticket perdu",
    "damaged": "ticket abîmé",
    "other": "autre motif",
    "holder": "à la demande de la personne",
}
REPRINT_AGENTS: Final = {"kiosk": "la borne"}
CORRECTED_SINCE: Final = "Identité corrigée par un agent le {instant}. L'ancien ticket reste une preuve."
NO_SEAL: Final = "Cette copie n'a pas de code à scanner : seul le ticket imprimé par la borne en a un."
PROVEN_BY_JOURNAL: Final = (
    "Elle se vérifie auprès du service indiqué ci-dessus, avec la référence et cette preuve au journal :"
)
JOURNAL_PROOF: Final = "borne {origin}, écriture n° {seq}, empreinte"
OFFICE_COPY: Final = "Copie du ticket, établie le {instant} par {agent}. La date de la demande ne change pas."
PREVIOUS_HEAD: Final = "Chaîne de la veille : {head}"
CALL_NUMBER: Final = Message("key", "Votre numéro d'appel")
REFERENCE: Final = Message("key", "Référence")

# ----------------------------------------------------------------------------------------------------------------- date
REQUEST_RECEIVED: Final = Message("key", "Demande reçue le")
VISIT_RECEIVED: Final = Message("key", "Passage enregistré le")
INSTANT: Final = Message("date", "{date} à {time}")
LEGAL_TIME: Final = Message("date", "Heure légale : {city} ({offset})")
WINTER_TIME: Final = Message("date", "heure d'hiver")
SUMMER_TIME: Final = Message("date", "heure d'été")
CLOCK_SUSPECT: Final = Message("date", "Heure de la borne à confirmer")
REPEATED_VISIT: Final = Message(
    "visit", "Passage du {visit} enregistré ({ordinal} passage). Votre date reste le {received}."
)

# --------------------------------------------------------------------------------------------------------------- person
KIOSK: Final = Message("key", "Borne")
BIRTH_NAME: Final = Message("key", "Nom de naissance")
GIVEN_NAMES: Final = Message("key", "Prénoms")
USAGE_NAME: Final = Message("key", "Nom d'usage")
BIRTH_DATE: Final = Message("key", "Date de naissance")
BIRTH_DATE_UNKNOWN: Final = Message("person", "non connue")
FOREIGNER_NUMBER: Final = Message("key", "Numéro étranger")
NUMBER_ENDING: Final = Message("person", "se termine par {digits}")
PROCEDURE: Final = Message("key", "Démarche")
PROCEDURE_WITH_CODE: Final = Message("procedure", "{label} (code {code})")

# ----------------------------------------------------------------------------------------------------------- what it is
FILED_AT_COUNTER: Final = Message("channel", "Vous avez déposé cette demande à la préfecture (CESEDA art. R. 431-3).")
HELP_REQUESTED: Final = Message(
    "channel",
    "Cette démarche se fait en principe sur internet. Vous demandez à la préfecture un accompagnement et, s'il ne "
    "suffit pas, une solution de substitution (CESEDA art. R. 431-2).",
)
SERVICE_VISIT: Final = Message("channel", "Vous êtes venu à la préfecture pour cette démarche. Un agent vous répond.")
OTHER_SERVICE: Final = Message(
    "channel",
    "Un autre service s'occupe de cette démarche. Un agent vous donne son adresse ou lui transmet votre demande.",
)
WINDOW_EARLY: Final = Message(
    "window", "Vous venez en avance : la période pour cette démarche commence le {opens}. Votre passage est bien noté."
)
WINDOW_IN_TIME: Final = Message("window", "Vous venez dans la période prévue, qui finit le {closes}.")
WINDOW_IN_TIME_OPEN_ENDED: Final = Message("window", "Vous venez dans la période prévue.")
WINDOW_LATE: Final = Message(
    "window", "La période prévue a fini le {closes}. Votre demande est reçue quand même : parlez-en à l'agent."
)
WINDOW_UNKNOWN: Final = Message("window", "Quand faire cette démarche : {period}.")

# -------------------------------------------------------------------------------------------------------------- silence
SILENCE_HEADING: Final = Message("heading", "Si la préfecture ne répond pas")
# Mandatory, word for word (CRPA R. 112-5 and R. 112-11-1 together).
SILENCE: Final = Message(
    "silence",
    "Sans réponse de la préfecture le {date}, votre demande, si votre dossier est complet, est considérée comme "
    "refusée ({basis}).",
)
APPEAL: Final = Message(
    "silence",
    "Vous pourrez alors, avant le {date} : demander les motifs du refus ; écrire au préfet (recours gracieux) ou au "
    "ministre de l'intérieur (recours hiérarchique) ; saisir le tribunal administratif {court}, par courrier ou sur "
    "www.telerecours.fr.",
)
INCOMPLETE_FILE: Final = Message(
    "silence",
    "S'il manque des pièces, la préfecture vous les demande avec un délai. Ce délai suspend celui de la réponse "
    "(CRPA art. L. 114-5).",
)
SILENCE_BASIS_PERMIT: Final = Message("silence", "CESEDA art. R.* 432-1 et R. 432-2")
SILENCE_TO_CONFIRM: Final = Message(
    "silence", "Pour cette démarche, un agent doit confirmer cette règle et cette date."
)
SILENCE_BASIS_GENERAL: Final = Message("silence", "CRPA art. L. 231-4")
COURT_OF: Final = Message("silence", "de {town}")

# ------------------------------------------------------------------------------------------------------------ documents
DOCUMENTS_HEADING: Final = Message("heading", "Documents déclarés, non vérifiés")
NO_DOCUMENTS: Final = Message("documents", "Aucun document déclaré.")

# ------------------------------------------------------------------------------------------------------------ next step
NEXT_STEP_HEADING: Final = Message("heading", "Et maintenant")
WAIT_FOR_CALL: Final = Message(
    "next", "Attendez dans le hall. Un agent appelle le numéro {call_number}. Montrez-lui ce ticket."
)
COME_WHEN_OPEN: Final = Message(
    "next", "Les guichets sont fermés. Revenez à l'ouverture et montrez ce ticket à un agent."
)
NOT_CALLED_TODAY: Final = Message("next", "Si on ne vous appelle pas aujourd'hui, votre date reste valable.")
SERVICE_HEADING: Final = Message("heading", "Service chargé de votre demande")
RECEIVED_BY_HEADING: Final = Message("heading", "Service qui vous a reçu")
PHONE: Final = Message("service", "Tél. {phone}")

# ---------------------------------------------------------------------------------------------------------- disclaimers
# Mandatory, word for word.
NOT_A_PERMIT: Final = Message(
    "disclaimer",
    "Ce document n'est pas un titre de séjour, ni un récépissé, ni une attestation de prolongation d'instruction. Il "
    "ne justifie pas de la régularité du séjour et n'autorise pas à travailler ni à voyager.",
)
PROVES_RECEIPT: Final = Message(
    "disclaimer",
    "Il prouve que votre demande a été reçue par la préfecture à la date et à l'heure indiquées. Gardez-le. "
    "Faites-en une photo.",
)
FREE_OF_CHARGE: Final = Message(
    "disclaimer", "Cette démarche est gratuite. Ce ticket est personnel : il ne peut être ni vendu, ni donné."
)
PAY_NOBODY: Final = Message(
    "disclaimer", "Ne payez personne. Si quelqu'un vous demande de l'argent, dites-le à un agent."
)

# --------------------------------------------------------------------------------------- papers that are no tickets
TITLE_COMPLETED: Final = Message("title", "PREUVE : DEMANDE COMPLÉTÉE")
TITLE_CORRECTION_ASKED: Final = Message("title", "PREUVE : CORRECTION DEMANDÉE")
TITLE_CORRECTED: Final = Message("title", "PREUVE : DEMANDE CORRIGÉE")
TITLE_WITHDRAWN: Final = Message("title", "PREUVE : DEMANDE RETIRÉE")
TITLE_PASSAGES: Final = Message("title", "LISTE DE VOS PASSAGES")
COMPLETED_ON: Final = Message("key", "Complétée le")
CORRECTION_ASKED_ON: Final = Message("key", "Correction demandée le")
CORRECTED_ON: Final = Message("key", "Corrigée le")
WITHDRAWN_ON: Final = Message("key", "Retirée le")
LISTED_ON: Final = Message("key", "Liste imprimée le")
JOURNAL_ENTRY: Final = Message("key", "Écriture du journal")
# Said in French only, as which values are concerned is for the agent who reads it.
TO_CORRECT: Final = "À corriger"
PUT_RIGHT: Final = "Corrigé"
ENTRY_AND_HASH: Final = "n° {seq}, empreinte {hash}"
DATE_STAYS: Final = Message("change", "La date de votre demande ne change pas.")
AGENT_DECIDES: Final = Message("change", "Rien n'est encore changé. Un agent regarde un document et décide.")
NO_LONGER_LIVE: Final = Message(
    "change",
    "La préfecture n'étudie plus cette demande. Vous pouvez déposer une nouvelle demande, avec une nouvelle date.",
)
CONTACT_CHANGED: Final = Message("change", "Vos coordonnées ont été changées.")
PHONE_ERASED: Final = Message("change", "Votre téléphone a été effacé.")
EMAIL_ERASED: Final = Message("change", "Votre courriel a été effacé.")
ATTEMPTS_ADDED: Final = Message("change", "Vos essais ailleurs ont été ajoutés.")
# Said in French only, as the papers that were declared: what happened is for whoever decides.
ATTEMPTS_HEADING: Final = "Essais ailleurs déclarés, non vérifiés"
ATTEMPT_OUTCOMES: Final = {
    "page_erreur": "page d'erreur",
    "compte_bloque": "compte bloqué",
    "categorie_absente": "catégorie absente",
    "piece_refusee": "pièce refusée",
    "plus_de_creneau": "plus de créneau",
    "pas_internet": "pas d'internet",
    "ne_sait_pas_lire": "ne sait pas lire",
    "autre": "autre",
}
HELP_CHANNELS: Final = {"ccc": "centre de contact citoyens", "pan": "point d'accueil numérique"}
EVIDENCE_HEADING: Final = "Peut montrer"
EVIDENCE: Final = {"capture": "capture d'écran", "courriel": "courriel", "sms": "SMS"}
UNDATED: Final = "jour non précisé"
TITLE_MISSING: Final = Message("title", "PIÈCES À APPORTER")
MISSING_ASKED: Final = Message("missing", "Le {date}, un agent a vu qu'il manque :")
MISSING_TERM: Final = Message("missing", "Apportez ces pièces au plus tard le {date} (CRPA art. L. 114-5).")
MISSING_SUSPENDS: Final = Message(
    "missing", "Jusqu'à ce jour, le délai de réponse de la préfecture s'arrête. Il repart quand vous apportez tout."
)
FILED_HERE: Final = Message("passage", "Dépôt")
COMPLETED_HERE: Final = Message("passage", "Demande complétée")
CORRECTION_ASKED_HERE: Final = Message("passage", "Correction demandée")
WITHDRAWN_HERE: Final = Message("passage", "Demande retirée")
WEEKS: Final = Message("passage", "Nombre de semaines différentes : {count}")

# ----------------------------------------------------------------------------------------------------------------- seal
SEAL_MEANING: Final = Message("seal", "Ce code permet de vérifier ce ticket. Il ne vaut pas titre de séjour.")
TAKE_A_PHOTO: Final = Message("seal", "Faites une photo de ce ticket")

# ---------------------------------------------------------------------------------------------------------- translation
FOR_INFORMATION: Final = Message("translation", "Traduction pour information")
FRENCH_PREVAILS: Final = Message("translation", "Seul le texte français fait foi.")

# ----------------------------------------------------------------------------------------- form to be filled in by hand
FORM_TITLE: Final = Message("form", "DEMANDE ÉCRITE")
FORM_MEANING: Final = Message("form", "Feuille à remplir à la main. Rien n'est encore enregistré.")
FORM_ADDRESSEE: Final = Message("form", "À donner ou à envoyer à")
FORM_OPENING: Final = Message("form", "Madame, Monsieur, je dépose la demande suivante.")
FORM_ADDRESS: Final = Message("form", "Adresse et téléphone")
FORM_REQUEST: Final = Message("form", "Ma demande")
FORM_DATE: Final = Message("form", "Date")
FORM_SIGNATURE: Final = Message("form", "Signature")
FORM_WHAT_NEXT: Final = Message(
    "form",
    "Donnez cette feuille à un agent et demandez un accusé de réception, ou envoyez-la en recommandé. Gardez une "
    "copie.",
)

ALL_MESSAGES: Final = tuple(value for value in list(globals().values()) if isinstance(value, Message))
