"""The udev rules: a line that udev does not understand is ignored by it without a word, so it is read here."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from kiosk.resource_files import resource_path

ROOT = Path(__file__).resolve().parents[3]
RULES = resource_path("udev", "99-borne-printer.rules")
# udev(7): keys that are compared, keys that are set; a name in braces where the key has several.
_COMPARED = {"ACTION", "SUBSYSTEM", "KERNEL", "ENV{}", "ATTR{}", "ATTRS{}", "TEST"}
_SET = {"GROUP", "MODE", "SYMLINK", "ENV{}", "ATTR{}", "GOTO", "LABEL"}
_PAIR = re.compile(r'([A-Z]+)(\{[^{}"]+\})?\s*(==|!=|\+=|=)\s*"([^"]*)"')


@dataclass(frozen=True)
class Pair:
    """One key, operator and value."""

    key: str
    operator: str
    value: str


def rules() -> list[list[Pair]]:
    """The rules, one list for each line."""
    lines = RULES.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    return [_parsed(line) for line in lines if line.strip() and not line.startswith("#")]


def _parsed(line: str) -> list[Pair]:
    parts = [part.strip() for part in re.split(r",\s*(?=[A-Z]+(?:\{[^}]*\})?\s*[=!+])", line)]
    matches = [_PAIR.fullmatch(part) for part in parts]
    assert all(matches), f"no key, operator and value: {line}"
    return [Pair(m[1] + ("{}" if m[2] else ""), m[3], m[4]) for m in matches if m]


def test_every_line_is_keys_operators_and_values() -> None:
    """Of those that udev knows: compared with == and !=, set with = and +=."""
    for rule in rules():
        for pair in rule:
            known = _COMPARED if pair.operator in {"==", "!="} else _SET
            assert pair.key in known, pair


def test_every_device_belongs_to_the_group_of_the_kiosk() -> None:
    """Readable and writable for it, for nobody else."""
    owned = [{pair.key: pair.value for pair in rule if pair.key in {"GROUP", "MODE"}} for rule in rules()]

    assert [one for one in owned if one] == [{"GROUP": "borne", "MODE": "0660"}] * 4


def test_no_name_is_given_twice() -> None:
    """Two rules with one name would take it from each other."""
    names = Counter(pair.value for rule in rules() for pair in rule if pair.key == "SYMLINK")

    assert set(names.values()) == {1}
    assert all(name.startswith("borne-") for name in names)


def test_every_jump_has_its_goal_below() -> None:
    """udev ignores a rule that jumps nowhere."""
    seen = [(number, pair) for number, rule in enumerate(rules()) for pair in rule]
    labels = {pair.value: number for number, pair in seen if pair.key == "LABEL"}

    jumps = [(number, pair.value) for number, pair in seen if pair.key == "GOTO"]
    assert jumps
    assert all(labels[goal] > number for number, goal in jumps)


def test_the_guide_installs_them() -> None:
    """Under the name that they have."""
    guide = (ROOT / "docs" / "exploitation.md").read_text(encoding="utf-8")

    assert f"resources/udev/{RULES.name}" in guide
    assert "groupadd --system --force borne" in guide
    assert "/dev/borne-imprimante" in guide
