"""Documentation is tested: what exists is documented, what is documented exists."""

import re
from pathlib import Path

import pytest

from kiosk.settings import declared_settings
from tests.fakes.command_tree import command_names
from ui.commands.config_file import toml_value

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "exploitation.md").read_text(encoding="utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def test_every_setting_is_documented_with_its_default() -> None:
    """And nothing that is no setting any more."""
    documented = dict(re.findall(r"^\| `([a-z_.]+)` \| (.*?) \|", GUIDE, re.MULTILINE))
    declared = {
        key: "" if field.default is None else f"`{toml_value(field.default)}`" for key, field in declared_settings()
    }

    assert {key: documented.get(key) for key in declared} == declared
    assert not {key for key in documented if "." in key} - set(declared)


def test_every_command_is_documented() -> None:
    """In the operations guide, under its whole name."""
    documented = set(re.findall(r"^\| `([a-z]+(?: [a-z]+){0,3})", GUIDE, re.MULTILINE))

    assert command_names() <= documented


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    """A file that was moved takes its links with it; pictures are drawn at release."""
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    local = [link for link in links if "://" not in link and not link.endswith(".png")]

    assert [link for link in local if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_page_has_a_hole(page: Path) -> None:
    """Nothing was left to be filled in."""
    assert not re.search(r"@@|TODO|FIXME|lorem", page.read_text(encoding="utf-8"), re.IGNORECASE)


def test_every_decision_is_in_the_index() -> None:
    """And has the five parts that a successor needs."""
    folder = ROOT / "docs" / "adr"
    index = (folder / "README.md").read_text(encoding="utf-8")
    for page in folder.glob("[0-9]*.md"):
        text = page.read_text(encoding="utf-8")

        assert f"({page.name})" in index
        for heading in ("Summary", "Context", "Decision", "Consequences", "Alternatives considered"):
            assert f"## {heading}" in text
