"""What documentation names is there: files, tests, settings with their limits, commands with their options, events."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

from kiosk.log_events import LogEvent
from kiosk.settings import declared_settings
from tests.fakes.command_tree import commands
from ui.commands.config_file import allowed_values

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
# Decisions say what was so on their day; the code goes on.
LIVING = [page for page in PAGES if page.parent.name != "adr"]
FOLDERS = ("kiosk", "printing", "sync", "ui", "resources", "tests", "docs")
EVERYWHERE = {"--help", "--verbose", "--config", "--data-dir"}
_SIGNS = {"≥": "at least", ">": "more than", "≤": "at most"}
_FILES = (".key", ".pem", ".lock", ".md", ".py", ".toml")


def _name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def _quoted(page: Path) -> Iterator[str]:
    """Yield what stands in the letters of code: in a line, or as the lines of a block."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"```(?:sh|toml)?\n(.*?)```", text, re.DOTALL)
    yield from chain.from_iterable(block.replace("\\\n", " ").splitlines() for block in blocks)
    yield from re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))


@cache
def _names_of_tests() -> str:
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    named = re.compile(r"def (test_\w+)")
    names = [name for file in files for name in named.findall(file.read_text(encoding="utf-8"))]
    return "\n".join(["", *names, *(file.name for file in files), ""])


@pytest.mark.parametrize("page", LIVING, ids=_name)
def test_every_file_that_a_page_names_is_there(page: Path) -> None:
    """A file that was moved takes its name in the pages with it; a module may be named without its ending."""
    path = re.compile(rf"(?<![\w/.-])((?:{'|'.join(FOLDERS)})/[\w/.*-]*\w)")
    named = [path.match(said) for said in _quoted(page)]
    paths = [found[1] for found in named if found]

    assert [each for each in paths if not [*ROOT.glob(each), *ROOT.glob(f"{each}.py")]] == []


@pytest.mark.parametrize("page", LIVING, ids=_name)
def test_every_test_that_a_page_names_is_there(page: Path) -> None:
    """A proof that was renamed is no proof; « … » stands for the rest of a name."""
    names = [name for said in _quoted(page) for name in re.findall(r"^test_[\w.]+…?$", said)]
    known = _names_of_tests()
    ends = {name: "" if name.endswith("…") else "\n" for name in names}

    # An order of the protocol is called test_print.
    gone = [name for name, end in ends.items() if f"\n{name.rstrip('…')}{end}" not in known]
    assert [name for name in gone if name != "test_print"] == []


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_decision_that_a_page_names_is_there(page: Path) -> None:
    """By its number."""
    numbers = re.findall(r"ADR\s(\d+)", page.read_text(encoding="utf-8"))

    assert [each for each in numbers if not [*(ROOT / "docs" / "adr").glob(f"{int(each):03}-*.md")]] == []


@pytest.mark.parametrize("page", LIVING, ids=_name)
def test_every_setting_and_event_that_a_page_names_is_one(page: Path) -> None:
    """A word with a dot behind the name of a section is a setting, an event of the log, or a file."""
    settings = {key for key, _ in declared_settings()}
    sections = {key.partition(".")[0] for key in settings if "." in key}
    known = settings | {event.value for event in LogEvent}
    named = {said for said in _quoted(page) if re.fullmatch(r"[a-z]+\.[a-z_]+", said)}

    assert {each for each in named - known if each.partition(".")[0] in sections and not each.endswith(_FILES)} == set()


@pytest.mark.parametrize("page", LIVING, ids=_name)
def test_every_option_that_a_page_names_is_one_of_its_command(page: Path) -> None:
    """Whether the command stands alone, or behind the name of the program."""
    options = {
        name: {each for parameter in command.params for each in (*parameter.opts, *parameter.secondary_opts)}
        for name, command in commands()
    }
    wrong = []
    for said in _quoted(page):
        line = re.sub(r"^.*?(?:main\.py|\bborne) (?=[a-z])", "", said.partition(" # ")[0])
        command = max((name for name in options if f"{line} ".startswith(f"{name} ")), key=len, default=None)
        if command is not None:
            used = set(re.findall(r"(?<!\S)--[a-z-]+", line))
            wrong += [f"{command} {each}" for each in used - options[command] - EVERYWHERE]

    assert wrong == []


def test_every_limit_of_a_setting_is_documented() -> None:
    """A range, a choice or a form, as the program itself says it when a value is refused."""
    guide = (ROOT / "docs" / "exploitation.md").read_text(encoding="utf-8")
    documented = dict(re.findall(r"^\| `([a-z_.]+)` \| .*? \| (.*?) \| ", guide, re.MULTILINE))

    assert {key: _plain(documented[key]) for key, _ in declared_settings()} == {
        key: re.sub(r"^one of |form |any of ", "", allowed_values(field)) for key, field in declared_settings()
    }


def _plain(limits: str) -> str:
    words = limits.replace("`", "")
    for sign, word in _SIGNS.items():
        words = words.replace(sign, word)
    return words
