"""``find`` and ``figures`` by command, on a machine where the samples were filed."""

import json
from pathlib import Path

import pytest

from kiosk.domain.search import Match
from kiosk.journal.entry import EntryType
from kiosk.settings_loading import load_settings
from tests.fakes.programs import asked, borne, filed
from ui.composition import open_machine
from ui.supervisor.search_wording import match_said
from ui.supervisor.wording import staff_translator


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Two samples, filed today."""
    folder = tmp_path_factory.mktemp("machine")
    for rank in (0, 1):
        filed(folder, rank)
    return ["--data-dir", str(folder)]


def found(*arguments: str) -> list[dict[str, object]]:
    """What ``find`` reports."""
    report: dict[str, list[dict[str, object]]] = json.loads(asked("find", "--json", *arguments).out)
    return report["found"]


def test_a_request_is_found_by_its_call_number_and_by_its_mistyped_reference(data: list[str]) -> None:
    """The second with what it should have been."""
    (first,) = found("a1", *data)
    reference = str(first["reference"])
    slip = ("4" if reference[0] != "4" else "5") + reference[1:]
    (suggested,) = found(slip, *data)

    assert (first["match"], first["place"]) == ("call_number", "waiting")
    assert (suggested["match"], suggested["reference"]) == ("suggestion", reference)
    assert {"applicant", "procedure", "received_on", "withdrawn"} <= set(first)


def test_findings_are_lines_for_people_and_nothing_found_is_a_no(data: list[str]) -> None:
    """Exit 1, as a search without a hit."""
    one, none = asked("find", "A001", *data), asked("find", "Zzyzx", *data)

    assert (one.code, "numéro d'appel du jour" in one.out, len(one.out.splitlines())) == (0, True, 1)
    assert (none.code, none.out) == (1, "Rien trouvé.\n")
    assert all(match_said(staff_translator(), match) for match in Match)


def test_names_that_were_shown_are_an_entry_with_who_asked_and_not_what(tmp_path: Path) -> None:
    """Nobody is signed in at the command line; what was typed may be a name, and is not kept."""
    filed(tmp_path, 0)
    data = ["--data-dir", str(tmp_path)]
    asked("find", "A001", "--by", "a.martin", *data)
    asked("find", "Zzyzx", *data)

    with open_machine(load_settings(), tmp_path) as machine, machine.store.reading() as unit:
        facts = [payload.facts for _, payload in unit.journal.newest_of(EntryType.LIST_EXPORTED) if payload]
    assert [(each["by"], each["format"], each["rows"], each["filter"]) for each in facts] == [
        ("a.martin", "terminal", 1, {})
    ]
    assert "A001" not in json.dumps(facts)


def test_figures_of_today_agree_with_themselves_and_are_a_report(data: list[str], tmp_path: Path) -> None:
    """Whatever way they are counted."""
    pdf = tmp_path / "jour.pdf"
    report = json.loads(asked("figures", "--day", "--pdf", str(pdf), "--json", *data).out)

    arrivals = dict(report["arrivals"])
    total = arrivals.pop("total")
    assert total == 2
    assert {sum(way.values()) for way in arrivals.values()} == {total}
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert report["pdf"] == str(pdf)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--week", "2026-47"], "YYYY-Www"),
        (["--day", "--month"], "one of --day, --week, --month"),
        (["--pdf", "/nowhere/x.pdf"], "--pdf"),
    ],
)
def test_a_wrong_period_or_place_is_one_line(arguments: list[str], said: str, data: list[str]) -> None:
    """Exit 2."""
    done = asked("figures", *arguments, *data)

    assert (done.code, said in done.last_line) == (2, True)


def test_a_week_is_named_as_calendars_name_it(data: list[str]) -> None:
    """A week in which nobody came has no figures, and a report all the same."""
    report = json.loads(borne("figures", "--week", "2020-W01", "--json", *data).out)

    assert report["period"] == {"kind": "week", "first": "2019-12-30", "last": "2020-01-05"}
    assert report["arrivals"]["total"] == 0
