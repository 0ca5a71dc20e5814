"""``backup`` and ``restore`` as commands: a copy is made beside a running kiosk, and put back by the next start."""

from pathlib import Path

from tests.fakes.programs import Running, asked, borne, filed, said


def test_a_machine_goes_back_to_a_copy(tmp_path: Path) -> None:
    """Whole, with what was filed since set aside; a copy of another machine is refused with one line."""
    data, stick = tmp_path / "data", tmp_path / "stick"
    stick.mkdir()
    filed(data, 0)
    with Running("kiosk", "--windowed", "--data-dir", data) as kiosk:
        kiosk.wait_for(lambda: "started" in asked("journal", "show", "--json", "--data-dir", data).out)
        report = said(borne("backup", "--to", stick, "--by", "chef", "--json", "--data-dir", data))
    filed(data, 1)
    entries = asked("journal", "show", "--json", "--data-dir", data).out.count("\n")

    laid = borne("restore", "--from", str(report["copy"]), "--by", "chef", "--json", "--data-dir", data)
    assert said(laid)["head"] == report["head"]
    assert "the next start" in laid.err
    assert "store_restored" not in asked("journal", "show", "--json", "--data-dir", data).out
    asked("doctor", "--data-dir", data)  # the first program of the next start
    shown = asked("journal", "show", "--json", "--data-dir", data).out
    assert '"store_restored"' in shown
    assert shown.count("\n") < entries
    assert asked("journal", "verify", "--data-dir", data).code == 0

    elsewhere = borne(
        "restore", "--from", str(report["copy"]), "--by", "chef", "--data-dir", tmp_path / "other",
        env={"BORNE_SITE__KIOSK_ID": "B7"},
    )  # fmt: skip
    assert (elsewhere.code, "a copy of 38-B7, not of 38-A2" in elsewhere.err) == (2, True)
