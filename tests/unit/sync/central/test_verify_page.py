"""What the centre answers at the page's addresses: whole, kept by tags, closed to everything else."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from structlog.testing import LogCapture

from sync.central.verify_page import FILES
from tests.fakes.seal_vectors import a_seal
from tests.fakes.verification import a_verifying_centre


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A centre that runs."""
    with a_verifying_centre(tmp_path_factory.mktemp("centre")) as centre:
        yield centre.url


def get(url: str, method: str = "GET", **headers: str) -> httpx.Response:
    return httpx.request(method, url, headers=headers, trust_env=False)


def shell_of(url: str) -> tuple[str, list[str]]:
    """Return the version and the files of what is kept for later."""
    shell = json.loads(get(f"{url}/verify/shell.js").text.removeprefix("self.SHELL = ").rstrip(";\n"))
    return shell["version"], shell["files"]


@pytest.mark.parametrize("address", ["verify", "VERIFY", "verify/main.js", "verify/style.css", "verify/catalogue.json"])
def test_every_part_comes_with_the_strict_policy(url: str, address: str) -> None:
    """Nothing from elsewhere, nothing inline, no form that sends, no address given away."""
    headers = get(f"{url}/{address}").headers

    assert headers["content-security-policy"].startswith("default-src 'self';")
    assert "unsafe" not in headers["content-security-policy"]
    assert "form-action 'none'" in headers["content-security-policy"]
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("address", ["verify", "verify/main.js", "verify/messages.json", "verify/shell.js", "keys"])
def test_what_a_reader_holds_is_not_sent_again(url: str, address: str) -> None:
    """The tag follows from the bytes: the same answer is 304 without a body, and HEAD tells the same tag."""
    whole = get(f"{url}/{address}")
    again = get(f"{url}/{address}", **{"If-None-Match": f'"other", W/{whole.headers["etag"]}'})
    head = get(f"{url}/{address}", "HEAD")

    assert (whole.status_code, again.status_code, again.content) == (200, 304, b"")
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", whole.headers["etag"])
    assert again.headers["cache-control"] == whole.headers["cache-control"]
    assert get(f"{url}/{address}", **{"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "verify/index.html",
        "verify/nothing.js",
        "verify/..%2F..%2Fapp.py",
        "verify/%2e%2e/app.py",
        "verify/a/b",
        "Verify",
    ],
)
def test_what_is_no_part_of_the_page_is_not_found(url: str, address: str) -> None:
    """Parts are looked up by name, never by path."""
    assert get(f"{url}/{address}").status_code == 404


def test_nothing_can_be_sent_to_the_page(url: str) -> None:
    """It takes no query, no body, no other method."""
    seal = a_seal()

    assert get(f"{url}/verify?seal={seal}").content == get(f"{url}/verify").content
    assert seal[:20] not in get(f"{url}/verify?seal={seal}").text
    assert get(f"{url}/verify", "POST").status_code == 405


def test_the_shell_names_every_part_and_its_own_version(url: str) -> None:
    """What is not in it would be missing without a network."""
    version, files = shell_of(url)
    shipped = {f"verify/{path.name}" for path in FILES.iterdir()} - {"verify/index.html", "verify/service_worker.js"}

    assert set(files) == {"verify", "verify/catalogue.json", *shipped}
    assert {get(f"{url}/{name}").status_code for name in files} == {200}
    assert shell_of(url) == (version, files)


def test_every_part_that_the_page_names_is_there(url: str) -> None:
    """Links in the markup and imports in the modules lead somewhere."""
    named = set(re.findall(r'(?:src|href)="(verify/[^"]+)"', (FILES / "index.html").read_text(encoding="utf-8")))
    for module in FILES.glob("*.js"):
        named |= {f"verify/{name}" for name in re.findall(r'from "\./([^"]+)"', module.read_text(encoding="utf-8"))}

    assert len(named) > 10
    assert {get(f"{url}/{name}").status_code for name in named} == {200}


def test_the_worker_may_serve_both_spellings_of_the_address(url: str) -> None:
    """It lies one folder below the page."""
    assert get(f"{url}/verify/service_worker.js").headers["service-worker-allowed"] == "../"


def test_codes_are_told_by_their_french_names(url: str) -> None:
    """From the data files: procedures, départements, and the zones that are not that of Paris."""
    catalogue = get(f"{url}/verify/catalogue.json").json()

    assert catalogue["procedures"]["REN-SALARIE"].startswith("Renouveler")
    assert catalogue["departements"]["38"] == "Isère"
    assert catalogue["zones"]["974"] == "Indian/Reunion"
    assert "38" not in catalogue["zones"]


def test_every_identifier_that_a_module_paints_is_in_the_markup() -> None:
    """A renamed element would leave a blank page."""
    markup = (FILES / "index.html").read_text(encoding="utf-8")
    known = set(re.findall(r' id="([^"]+)"', markup))
    painted = {
        name
        for module in ("main.js", "view.js")
        for name in re.findall(r'part\("([^"]+)"\)', (FILES / module).read_text(encoding="utf-8"))
    }
    words = set(json.loads((FILES / "messages.json").read_text(encoding="utf-8"))["fr"])

    assert painted <= known
    assert set(re.findall(r'data-text="([^"]+)"', markup)) <= words


def test_a_visit_leaves_no_line_in_the_log(tmp_path: Path, log: LogCapture) -> None:
    """Who checked what is nobody's business."""
    with a_verifying_centre(tmp_path) as centre:
        for address in ("verify", f"verify?{a_seal()}", "verify/main.js", "verify/nothing", "keys"):
            get(f"{centre.url}/{address}")

    assert log.entries == []
