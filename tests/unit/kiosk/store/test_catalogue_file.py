"""The procedures as data: all of them, cross-linked, and a site's changes to them."""

from pathlib import Path

import pytest

from kiosk.domain.periods import CivilPeriod
from kiosk.domain.procedure import Channel, FactStatus, TicketKind
from kiosk.errors import ConfigurationError
from kiosk.store.catalogue_file import load_catalogue, ordered_keys


def site(folder: Path, text: str) -> Path:
    path = folder / "procedures.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_all_thirty_two_procedures_in_seven_groups_are_offered() -> None:
    """Each with a service that calls its numbers."""
    catalogue = load_catalogue()

    assert len(catalogue.procedures) == 32
    assert [group.code for group in catalogue.groups] == [
        "renouveler", "premiere", "changer", "voyage", "attente", "aide", "autre"
    ]  # fmt: skip
    assert sum(len(catalogue.in_group(group.code)) for group in catalogue.groups) == 32
    assert len({group.service_letter for group in catalogue.groups}) == 7


def test_facts_keep_their_marks() -> None:
    """What no source says is still marked K in the loaded value."""
    student = load_catalogue().procedures["REN-ETUDIANT"]

    assert (student.channel, student.channel_status) == (Channel.ANEF, FactStatus.SOURCED)
    assert (student.silence.period, student.silence.status) == (CivilPeriod(days=90), FactStatus.SOURCED)
    assert student.ticket_kind is TicketKind.ACKNOWLEDGEMENT
    assert load_catalogue().procedures["RECE"].channel_status is FactStatus.FROM_KNOWLEDGE


def test_a_site_switches_off_overrides_and_adds(tmp_path: Path) -> None:
    """The administration's word wins over ours, and shows in the version."""
    changed = load_catalogue(
        overrides=site(
            tmp_path,
            '[letters]\nrenouveler = "R"\n'
            '[documents.passeport]\nfalc_fr = "Le passeport."\n'
            '[[procedure]]\ncode = "REN-VPF"\nchannel = "guichet"\ndocuments = ["passeport"]\n'
            '[[procedure]]\ncode = "ASILE"\nenabled = false\n',
        )
    )

    assert changed.procedures["REN-VPF"].channel is Channel.COUNTER
    assert [document.falc_fr for document in changed.procedures["REN-VPF"].documents] == ["Le passeport."]
    assert "ASILE" not in changed.procedures
    assert changed.service_letter_of(changed.procedures["REN-VPF"]) == "R"
    assert changed.version != load_catalogue().version


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('[[procedure]]\ncode = "REN-VPF"\nwindow = "never"\n', "procedure REN-VPF.window"),
        ('[[procedure]]\ncode = "REN-VPF"\ngroup = "x"\n', "procedure REN-VPF.group"),
        ('[[procedure]]\ncode = "REN-VPF"\ndocuments = ["crown"]\n', "procedure REN-VPF.documents"),
        ('[[procedure]]\ncode = "REN-VPF"\nchannel = "pigeon"\n', "procedure REN-VPF.channel"),
        ('[[procedure]]\ncode = "REN-VPF"\ncolour = 1\n', "procedure REN-VPF.colour"),
        ('[[procedure]]\ncode = "NEW"\n', "procedure NEW"),
        ("[[procedure]]\nlabel_fr = 'x'\n", "procedure"),
        ('[letters]\nrenouveler = "AB"\n', "letters.renouveler"),
        ("[colours]\nred = 1\n", "colours"),
        ("not toml", "procedures.toml"),
    ],
)
def test_a_wrong_entry_is_named(tmp_path: Path, text: str, place: str) -> None:
    """Which procedure and which key, at start, before any visitor."""
    with pytest.raises(ConfigurationError) as refusal:
        load_catalogue(overrides=site(tmp_path, text))

    assert place in str(refusal.value)


def test_a_silence_rule_must_fit_its_ticket(tmp_path: Path) -> None:
    """An acknowledgement states what silence means; a period that cannot be read is refused."""
    none = '{ period = "none", effect = "none", basis = "x", status = "K" }'
    odd = '{ period = "P4Y", effect = "rejet", basis = "x", status = "K" }'
    for silence in (none, odd):
        with pytest.raises(ConfigurationError, match=r"REN-VPF\.silence"):
            load_catalogue(overrides=site(tmp_path, f'[[procedure]]\ncode = "REN-VPF"\nsilence = {silence}\n'))


def test_the_staff_screen_lies_above_the_site_and_the_centre_above_both(tmp_path: Path) -> None:
    """Key by key: what the upper one does not name stays."""
    own = site(tmp_path, '[[procedure]]\ncode = "REN-VPF"\nchannel = "guichet"\nenabled = false\n')
    ordered = tmp_path / "centre.toml"
    ordered.write_text('[letters]\nvoyage = "V"\n[[procedure]]\ncode = "ASILE"\nenabled = true\n', encoding="utf-8")
    chosen = {
        "procedures.REN-VPF.enabled": True,
        "procedures.REN-VPF.local_label_fr": "Famille : renouveler",
        "procedures.REN-VPF.documents": ["passeport"],
        "procedures.ASILE.enabled": False,
        "letters.voyage": "W",
        "letters.aide": "A",
    }

    catalogue = load_catalogue(overrides=own, chosen=chosen, ordered=ordered)
    procedure = catalogue.procedures["REN-VPF"]
    assert (procedure.channel, procedure.shown_fr) == (Channel.COUNTER, "Famille : renouveler")
    assert [document.code for document in procedure.documents] == ["passeport"]
    assert procedure.label_fr == load_catalogue().procedures["REN-VPF"].label_fr
    assert "ASILE" in catalogue.procedures
    assert {group.code: group.service_letter for group in catalogue.groups}["voyage"] == "V"
    assert {group.code: group.service_letter for group in catalogue.groups}["aide"] == "A"
    assert ordered_keys(ordered) == {"letters.voyage", "procedures.ASILE.enabled"}


def test_what_is_not_offered_here_is_still_known() -> None:
    """The staff screen can offer it again."""
    catalogue = load_catalogue(chosen={"procedures.ASILE.enabled": False})

    assert catalogue.withdrawn.keys() == {"ASILE"}
    assert "passeport" in catalogue.documents


def test_what_was_chosen_for_a_procedure_that_is_gone_stops_nothing() -> None:
    """A newer version may know other procedures; a key that staff never decide is refused."""
    catalogue = load_catalogue(chosen={"procedures.OLD.enabled": False, "procedures.ASILE.enabled": False})

    assert "ASILE" not in catalogue.procedures
    with pytest.raises(ConfigurationError, match=r"procedures\.ASILE\.channel"):
        load_catalogue(chosen={"procedures.ASILE.channel": "guichet"})
