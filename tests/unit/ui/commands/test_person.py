"""The rights of a person by command: handed out to whom knows the birth date, erased, and nothing left."""

import json
from pathlib import Path

from tests.fakes.programs import asked, borne
from tests.fakes.traces import found_in_files
from ui.composition.readable_person import readable

WORDS = ["Zwartbrückner", "Xanthippe", "0698761234", "zwartbruckner"]


def filed(folder: Path, data: list[str]) -> str:
    """Let somebody file; return the reference."""
    request = folder / "request.json"
    request.write_text(
        json.dumps(
            {
                "procedure": "REN-SALARIE",
                "language": "fr",
                "birth_name": "Zwartbrückner",
                "given_names": ["Xanthippe"],
                "birth_date": "1987-11-23",
                "phone": "0698761234",
                "idempotency_key": "k1",
            }
        )
    )
    done = borne("file", "--request", request, "--json", "--printer", f"emulator://{folder / 'paper'}", *data)
    request.unlink()
    return str(json.loads(done.out)["reference"])


def test_a_person_gets_what_is_held_and_has_it_erased(tmp_path: Path) -> None:
    """Readable and as JSON, never to somebody else; afterwards no file of the data directory knows the person."""
    data = ["--data-dir", str(tmp_path / "data")]
    person = ["--reference", filed(tmp_path, data), *data]

    stranger = asked("person", "export", "--birth-date", "1987-11-24", *person)
    held = asked("person", "export", "--birth-date", "1987-11-23", "--json", *person)
    text = asked("person", "export", "--birth-date", "1987-11-23", *person)
    erased = asked("person", "erase", "--by", "Mme Faure", "--json", *person)
    after = asked("person", "export", "--birth-date", "1987-11-23", "--json", *person)

    assert (stranger.code, stranger.out) == (2, "")
    assert json.loads(held.out)["request"]["birth_name"] == "Zwartbrückner"
    assert "Nom de naissance : Zwartbrückner" in text.out
    assert "Téléphone : 0698761234" in text.out
    assert json.loads(erased.out)["no_copy_left"] is True
    assert json.loads(after.out)["erased"] is True
    assert asked("journal", "verify", *data).code == 0
    shown = asked("journal", "show", *data).out
    assert (shown.count("person_exported"), shown.count("data_erased")) == (3, 1)
    assert found_in_files(tmp_path / "data", WORDS) == set()
    assert asked("person", "retention", "--json", *data).code == 0


def test_an_agent_corrects_a_name_with_a_reason_and_everything_is_handed_out(tmp_path: Path) -> None:
    """Old and new value, by whom and why; the corrected birth date opens the data from then on."""
    data = ["--data-dir", str(tmp_path / "data")]
    person = ["--reference", filed(tmp_path, data), *data]
    by = ["--by", "Mme Faure", "--reason", "passeport présenté"]

    corrected = asked("person", "correct", "--birth-name", "Zwartbruckner", "--birth-date", "1987-11-24", *by, *person)
    nothing = asked("person", "correct", *by, *person)
    nonsense = asked("person", "correct", "--birth-date", "1987-02-30", *by, *person)
    text = asked("person", "export", "--birth-date", "1987-11-24", *person)

    assert corrected.code == 0
    assert (nothing.code, nonsense.code) == (2, 2)
    for line in (
        "Acte : corrected",
        "Avant : Zwartbrückner",
        "Après : Zwartbruckner",
        "Par : Mme Faure",
        "Motif : passeport présenté",
    ):
        assert line in text.out
    assert "request_corrected" in asked("journal", "show", *data).out
    assert asked("journal", "verify", *data).code == 0


def test_the_readable_form_holds_everything() -> None:
    """Whatever is in the report is in the lines, nested or not."""
    lines = readable({"reference": "R", "filings": [{"ticket": "confirmed"}], "x": {"y": [1, 2]}, "erased": False})

    assert lines.splitlines()[1:] == [
        "Référence : R",
        "Passages à la borne :",
        "  n° 1",
        "    Ticket : confirmed",
        "x :",
        "  y : 1, 2",
        "Données effacées : non",
    ]
