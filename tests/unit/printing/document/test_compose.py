from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from kiosk.domain.moment import ClockQuality, Moment
from kiosk.domain.procedure import Channel, FactStatus, SilenceRule, TicketKind
from kiosk.domain.ticket import Ticket, WindowPosition
from printing.document.blocks import Banner, Block, Code, Cut, Document, KeyValue, Size, Text, Title
from printing.document.compose import compose
from tests.fakes.requests import (
    ISERE,
    a_filed_request,
    a_filing,
    a_moment,
    a_procedure,
    a_request_content,
    a_site,
)
from tests.fakes.tickets import A_SEAL, a_repeated_ticket, a_reprint, a_ticket, some_deadlines

NOT_A_PERMIT = (
    "Ce document n'est pas un titre de séjour, ni un récépissé, ni une attestation de prolongation d'instruction. Il "
    "ne justifie pas de la régularité du séjour et n'autorise pas à travailler ni à voyager."
)
PROVES_RECEIPT = (
    "Il prouve que votre demande a été reçue par la préfecture à la date et à l'heure indiquées. Gardez-le. "
    "Faites-en une photo."
)
FREE_OF_CHARGE = "Cette démarche est gratuite. Ce ticket est personnel : il ne peut être ni vendu, ni donné."
# Domain dossier 1.4: never as a title or in large type.
WORDS_OF_OTHER_DOCUMENTS = (
    "récépissé", "attestation de dépôt", "autorisation", "titre", "prolongation", "convocation",
)  # fmt: skip


def words(ticket: Ticket) -> str:
    """What can be read, with every space an ordinary one."""
    return compose(ticket).words.replace("\u00a0", " ")


def a_trace() -> Ticket:
    procedure = a_procedure(
        "CHG-ADRESSE", label_fr="Changer d'adresse", channel=Channel.SERVICE, ticket_kind=TicketKind.TRACE, silence=None
    )
    deadlines = some_deadlines(implicit_rejection_on=None, appeal_safe_day=None, window=WindowPosition.OPEN)
    return a_ticket(procedure=procedure, deadlines=deadlines)


def loud(document: Document) -> list[str]:
    """What stands in large type."""

    def is_loud(block: Block) -> bool:
        return isinstance(block, Title | Banner) or (isinstance(block, Text) and block.size is not Size.BODY)

    return [block.text for block in document.blocks if isinstance(block, Title | Banner | Text) and is_loud(block)]


@pytest.mark.parametrize(
    "mention",
    [
        "RÉPUBLIQUE FRANÇAISE",
        "Préfecture de l'Isère",
        "ACCUSÉ D'ENREGISTREMENT DE VOTRE DEMANDE",
        "38-A2-261120-0042-K",
        "A042",
        "20/11/2026 à 09:03",
        "Heure légale : Paris (UTC+1)",
        "38-A2, Hall d'accueil",
        "DIALLO",
        "Aminata",
        "12/04/1990",
        "Renouveler une carte de séjour salarié (code REN-SALARIE)",
        "Service de l'immigration et de l'intégration",
        "12 place de Verdun",
        "38000 Grenoble",
        "Tél. 04 76 60 34 00",
        "etrangers@isere.example",
        "Documents déclarés, non vérifiés",
        "Titre de séjour actuel",
        NOT_A_PERMIT,
        PROVES_RECEIPT,
        FREE_OF_CHARGE,
        "Faites une photo de ce ticket",
    ],
)
def test_an_acknowledgement_carries_every_mandatory_mention(mention: str) -> None:
    """Design page 7: CRPA R. 112-5 and R. 112-11-1 together, disclaimers word for word."""
    assert mention in words(a_ticket())


def test_silence_and_appeal_stand_word_for_word_with_their_dates() -> None:
    """CRPA R. 112-5: without these words the appeal period would not even run."""
    said = words(a_ticket())

    assert (
        "Sans réponse de la préfecture le 20/03/2027, votre demande, si votre dossier est complet, est considérée "
        "comme refusée (CESEDA art. R.* 432-1 et R. 432-2)." in said
    )
    assert (
        "Vous pourrez alors, avant le 20/05/2027 : demander les motifs du refus ; écrire au préfet (recours gracieux) "
        "ou au ministre de l'intérieur (recours hiérarchique) ; saisir le tribunal administratif de Grenoble, par "
        "courrier ou sur www.telerecours.fr." in said
    )


def test_the_court_is_the_one_of_the_applicants_departement() -> None:
    """CJA R. 312-8: residence decides, not the kiosk; with the elision of French."""
    somme = replace(ISERE, code="80", name="Somme", administrative_court="Amiens")

    assert "saisir le tribunal administratif d'Amiens" in words(a_ticket(residence=somme))


def test_a_request_outside_the_permit_code_cites_the_general_rule_of_silence() -> None:
    """Domain dossier 2.3: travel documents fall under CRPA L. 231-4."""
    rule = SilenceRule(None, "CRPA L. 231-4, not a titre de séjour", FactStatus.FROM_KNOWLEDGE)

    said = words(a_ticket(procedure=replace(a_procedure("DCEM"), silence=rule)))

    assert "(CRPA art. L. 231-4)" in said
    assert "432-1" not in said


def test_a_trace_promises_no_decision() -> None:
    """Domain dossier 1.4: no implicit decision is printed on a trace."""
    said = words(a_trace())

    assert "TRACE DE VOTRE PASSAGE" in said
    assert "ACCUSÉ" not in said
    assert "Sans réponse" not in said
    assert "tribunal" not in said
    assert NOT_A_PERMIT in said


def test_the_way_of_filing_changes_the_words() -> None:
    """CESEDA R. 431-2 and R. 431-3: at the counter a request is filed, elsewhere help or substitution is asked for."""
    said = {
        channel: words(a_ticket(procedure=a_procedure(channel=channel)))
        for channel in (Channel.COUNTER, Channel.ANEF, Channel.MIXED, Channel.SERVICE)
    }

    assert "Vous avez déposé cette demande à la préfecture (CESEDA art. R. 431-3)." in said[Channel.COUNTER]
    assert said[Channel.ANEF] == said[Channel.MIXED]
    assert "un accompagnement et, s'il ne suffit pas, une solution de substitution" in said[Channel.ANEF]
    assert "R. 431-3" not in said[Channel.ANEF]
    assert "R. 431-2" not in said[Channel.SERVICE]


def test_a_person_blocked_online_asks_for_help_through_the_service_channel() -> None:
    """Domain dossier 3.5: the trace of a blocked attempt names R. 431-2."""
    blocked = replace(a_procedure("ANEF-BLOCAGE", channel=Channel.SERVICE), legal_basis=("CESEDA R. 431-2 al. 2 et 3",))
    provisional = replace(blocked, legal_basis=("CESEDA R. 431-20",))

    assert "solution de substitution" in words(a_ticket(procedure=blocked))
    assert "solution de substitution" not in words(a_ticket(procedure=provisional))


def test_another_service_is_named_as_such() -> None:
    """CRPA L. 114-2: a request that belongs elsewhere is passed on."""
    assert "Un autre service" in words(a_ticket(procedure=replace(a_procedure(), handoff=True)))


@pytest.mark.parametrize(
    ("window", "sentence"),
    [
        (WindowPosition.EARLY, "commence le 15/11/2026. Votre passage est bien noté."),
        (WindowPosition.IN_TIME, "Vous venez dans la période prévue, qui finit le 15/01/2027."),
        (WindowPosition.LATE, "La période prévue a fini le 15/01/2027. Votre demande est reçue quand même"),
        (WindowPosition.UNKNOWN, "Quand faire cette démarche : dans les 2 mois avant la fin du titre."),
    ],
)
def test_the_window_informs_and_never_refuses(window: WindowPosition, sentence: str) -> None:
    """Promise 7: early or late, the request is taken."""
    assert sentence in words(a_ticket(deadlines=some_deadlines(window=window)))


def test_an_open_window_is_not_mentioned() -> None:
    """Nothing is said where there is nothing to say."""
    assert "période" not in words(a_ticket(deadlines=some_deadlines(window=WindowPosition.OPEN)))


def test_a_suspect_clock_is_said() -> None:
    """Promise 3: a doubtful date is printed as doubtful."""
    request = a_filed_request(received=a_moment(clock=ClockQuality.SUSPECT))

    assert "Heure de la borne à confirmer" in words(a_ticket(request=request))
    assert "à confirmer" not in words(a_ticket())


@pytest.mark.parametrize(("hour", "season"), [(0, "heure d'été"), (1, "heure d'hiver")])
def test_the_hour_that_happens_twice_says_which_one(hour: int, season: str) -> None:
    """Domain dossier 10.4: on the October night 2:30 comes twice."""
    twice = Moment.of(datetime(2026, 10, 25, hour, 30, tzinfo=UTC), "Europe/Paris", ClockQuality.SYNCED)

    assert f"25/10/2026 à 02:30 ({season})" in words(a_ticket(request=a_filed_request(received=twice)))


def test_an_overseas_kiosk_prints_its_own_legal_time() -> None:
    """Promise 3: the legal time of the département."""
    moment = Moment.of(datetime(2026, 11, 20, 8, 3, tzinfo=UTC), "America/Guadeloupe", ClockQuality.SYNCED)

    said = words(a_ticket(request=a_filed_request(received=moment)))

    assert "20/11/2026 à 04:03" in said
    assert "Heure légale : Guadeloupe (UTC−4)" in said


def test_a_repeated_visit_keeps_the_first_date() -> None:
    """Promise 8: a second filing counts as an attempt and keeps the earliest date."""
    said = words(a_repeated_ticket())

    assert "Passage du 27/11/2026 à 10:15 enregistré (2e passage). Votre date reste le 20/11/2026 à 09:03." in said
    assert "A017" in said


@pytest.mark.parametrize(
    ("birth_date", "printed"),
    [("1990-04-12", "12/04/1990"), ("1990-04-00", "avril 1990"), ("1990-00-00", "1990"), (None, "non connue")],
)
def test_a_birth_date_is_written_as_far_as_it_is_known(birth_date: str | None, printed: str) -> None:
    """Promise 7: an unknown day turns nobody away."""
    document = compose(a_ticket(content=a_request_content(birth_date=birth_date)))

    values = [block.value for block in document.blocks if isinstance(block, KeyValue)]
    assert printed in values


def test_private_data_stays_off_the_paper() -> None:
    """Domain dossier 1.4: no nationality, no full number, no phone, no e-mail of the person."""
    content = a_request_content(
        nationality="SN",
        foreigner_number="9912345678",
        phone="0611223344",
        email="aminata@courriel.example",
        helper="Cimade",
    )

    said = words(a_ticket(content=content))

    assert "se termine par 678" in said
    for secret in ("9912345678", "12345678", "0611223344", "aminata@", "Cimade", "SN\n", "Sénégal"):
        assert secret not in said


def test_a_short_foreigner_number_is_not_hinted_at() -> None:
    """Three digits of five would be most of the number."""
    assert "se termine par" not in words(a_ticket(content=a_request_content(foreigner_number="12345")))


def test_asylum_prints_no_identity() -> None:
    """Domain data: for asylum the kiosk keeps and prints nobody's name."""
    said = words(a_ticket(procedure=a_procedure("ASILE", stores_no_identity=True)))

    assert "DIALLO" not in said
    assert "Nom de naissance" not in said


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_no_large_type_looks_like_another_document(language: str) -> None:
    """Domain dossier 1.4: the words of documents that a kiosk cannot issue are never loud."""
    for ticket in (a_ticket(language=language), replace(a_trace(), filing=a_filing(language=language))):
        for text in loud(compose(replace(ticket, reprint=a_reprint(), is_specimen=True))):
            assert not [word for word in WORDS_OF_OTHER_DOCUMENTS if word in text.casefold()], text


def test_call_number_and_reference_are_the_loudest() -> None:
    """The hall calls the one, the counter asks for the other."""
    sizes = {block.text: block.size for block in compose(a_ticket()).blocks if isinstance(block, Text)}

    assert sizes["A042"] is Size.HUGE
    assert sizes["38-A2-261120-0042-K"] is Size.LARGE


def test_specimen_and_duplicate_are_marked_at_both_ends() -> None:
    """A ticket that was never filed, or printed again, says so."""
    document = compose(replace(a_ticket(), is_specimen=True, reprint=a_reprint(2)))

    marks = [block.text for block in document.blocks if isinstance(block, Banner)]
    assert marks == ["SPÉCIMEN", "DUPLICATA n° 2", "SPÉCIMEN", "DUPLICATA n° 2"]
    assert not [block for block in compose(a_ticket()).blocks if isinstance(block, Banner)]


def test_the_seal_is_printed_once_and_the_cut_comes_last() -> None:
    """Design page 7: one signed code."""
    blocks = compose(a_ticket(language="ar")).blocks

    assert [block.text for block in blocks if isinstance(block, Code)] == [A_SEAL]
    assert isinstance(blocks[-1], Cut)


@pytest.mark.parametrize(
    ("language", "label", "date_in_words", "not_a_permit"),
    [
        ("en", "Translation for information", "20 March 2027", "not a residence permit"),
        ("ar", "ترجمة للإعلام فقط", "20 مارس 2027", "ليست بطاقة إقامة"),
    ],
)
def test_the_essentials_follow_in_the_language_of_the_person(
    language: str, label: str, date_in_words: str, not_a_permit: str
) -> None:
    """Design page 7: the French text whole, then the essentials, labelled as information."""
    said = words(a_ticket(language=language))
    french, _, translated = said.partition("Traduction pour information")

    assert french.strip() == words(a_ticket())
    for essential in (label, date_in_words, not_a_permit, "A042", "38-A2-261120-0042-K", "09:03"):
        assert essential in translated


def test_arabic_keeps_codes_in_their_own_order_and_digits_latin() -> None:
    """Domain dossier 8.2: numbers are isolated, digits are 0 to 9."""
    said = words(a_ticket(language="ar"))

    assert "\u206638-A2-261120-0042-K\u2069" in said
    assert "\u206609:03\u2069" in said
    assert not [ch for ch in said if "٠" <= ch <= "٩" or "۰" <= ch <= "۹"]


def test_a_name_in_another_script_keeps_its_direction() -> None:
    """A name is isolated, so that the label before it stays where it is."""
    said = words(a_ticket(content=a_request_content(birth_name="أحمد")))

    assert "\u2068أحمد\u2069" in said


def test_no_document_is_said_too() -> None:
    """An empty list would look like a list that was forgotten."""
    assert "Aucun document déclaré." in words(a_ticket(content=a_request_content(documents=())))


def test_a_late_repeated_visit_in_english_has_its_rank() -> None:
    """Ranks have endings: 2nd, 3rd, 11th."""
    assert "(2nd visit)" in words(a_repeated_ticket("en"))
    third = replace(a_repeated_ticket("en"), filing=replace(a_filing(ordinal=13, language="en"), filed=a_moment()))
    assert "(13th visit)" in words(third)


def test_dates_in_french_are_in_digits() -> None:
    """Domain dossier 8.2: DD/MM/YYYY in French."""
    deadlines = some_deadlines(implicit_rejection_on=date(2027, 1, 2))

    assert "préfecture le 02/01/2027" in words(a_ticket(deadlines=deadlines))


def test_the_office_s_own_lines_stand_below_its_address() -> None:
    """In the French part alone: nobody translated them."""
    plain = a_ticket(language="ar")
    ticket = replace(plain, site=replace(plain.site, ticket_note=("Ouvert de 8 h 30 à 12 h", "Entrée B")))

    assert "etrangers@isere.example\nOuvert de 8 h 30 à 12 h\nEntrée B\n" in words(ticket)
    assert words(ticket).count("Entrée B") == 1


def test_the_office_s_name_of_a_procedure_is_on_its_ticket() -> None:
    """With the code, which stays."""
    ticket = a_ticket(procedure=replace(a_procedure(), local_label_fr="Étudiant : renouveler"))

    assert f"Étudiant : renouveler (code {a_procedure().code})" in words(ticket)
    assert a_procedure().label_fr not in words(ticket)


@pytest.mark.parametrize(
    ("language", "waits", "comes_back"),
    [
        ("fr", "Attendez dans le hall.", "Les guichets sont fermés. Revenez à l'ouverture"),
        ("en", "Wait in the hall.", "Come back when we open and show this ticket"),
    ],
)
def test_nobody_is_sent_to_wait_where_nobody_calls(language: str, waits: str, comes_back: str) -> None:
    """Filed while the counters were closed, as ``hours.files_when_closed`` allows."""
    ticket = a_ticket(language=language)
    while_open, while_closed = words(ticket), words(replace(ticket, is_hall_closed=True))

    assert waits in while_open
    assert waits not in while_closed
    assert comes_back in while_closed


def test_a_service_without_a_telephone_has_no_line_for_one() -> None:
    """« Tél. » and nothing behind it."""
    silent = replace(a_ticket(), site=replace(a_site(), service_phone=""))

    assert "Tél." in words(a_ticket())
    assert "Tél." not in words(silent)


@pytest.mark.parametrize("is_sourced", [True, False])
def test_a_rule_of_silence_without_a_source_is_never_said_as_certain(*, is_sourced: bool) -> None:
    """An office that settled it writes its own rule into ``procedures_file``."""
    said = words(a_ticket(deadlines=replace(some_deadlines(), is_silence_sourced=is_sourced)))

    assert "Sans réponse de la préfecture le 20/03/2027" in said
    assert ("Pour cette démarche, un agent doit confirmer cette règle et cette date." in said) is not is_sourced


@pytest.mark.parametrize("handoff", [True, False])
def test_a_service_that_sends_on_is_not_called_the_one_in_charge(*, handoff: bool) -> None:
    """CRPA R. 112-5 asks for the service in charge; here it is another one, which an agent names."""
    said = words(replace(a_trace(), procedure=replace(a_trace().procedure, handoff=handoff)))

    assert ("Service chargé de votre demande" in said) is not handoff
    assert ("Service qui vous a reçu" in said) is handoff
