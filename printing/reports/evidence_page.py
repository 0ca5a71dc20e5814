"""Every entry of an exported journal as one HTML page, without script, that opens from a disk."""

import json
from collections.abc import Iterator
from html import escape
from typing import Final

from kiosk.domain.moment import Moment, instant_text
from kiosk.journal.entry import Entry, Payload
from kiosk.ports.evidence_archive import ExportedEntries, ExportSummary
from kiosk.resource_files import resource_path
from printing.reports.evidence_words import entry_word, extent, local_time, payload_words

# Nothing is loaded and nothing runs, whatever somebody wrote into a name.
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
_HEADS: Final = ("N°", "Heure légale", "Écriture", "Objet", "Contenu", "Empreinte et signature")


def evidence_page(summary: ExportSummary, entries: ExportedEntries) -> Iterator[bytes]:
    """Yield the page in parts, one for each entry."""
    site = summary.site
    title = f"Journal de la borne {site.origin}"
    style = resource_path("evidence", "page.css").read_text(encoding="utf-8")
    yield (
        f'<!DOCTYPE html>\n<html lang="fr"><head><meta charset="utf-8"><title>{escape(title)}</title>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n<style>\n{style}</style></head>\n'
        f"<body><main><h1>{escape(title)}</h1>\n<dl>\n"
    ).encode()
    for term, said in (
        ("Préfecture", f"{site.prefecture_name} · {site.service_name}"),
        ("Borne", f"{site.origin}, {site.kiosk_place}"),
        ("Contenu", extent(summary)),
        ("Exporté", f"{local_time(summary.exported_at)}, Borne {summary.software}"),
        ("Données des personnes", payload_words(summary)),
        ("Tête de chaîne", summary.head),
    ):
        yield f"<dt>{escape(term)}</dt><dd>{escape(said)}</dd>\n".encode()
    heads = "".join(f'<th scope="col">{head}</th>' for head in _HEADS)
    yield (
        f"</dl>\n<p>Cette page sert à lire. Ce qui fait preuve est <code>entries.jsonl</code> : voir README.md.</p>\n"
        f"<table><caption>Écritures</caption><thead><tr>{heads}</tr></thead><tbody>\n"
    ).encode()
    for entry, payload in entries:
        yield _row(entry, payload).encode()
    yield b"</tbody></table></main></body></html>\n"


def _row(entry: Entry, payload: Payload | None) -> str:
    moment = Moment(entry.recorded_at, entry.civil_date, entry.zone, entry.clock)
    proof = (
        f"<details><summary><code>{entry.hash[:16]}…</code></summary>"
        f"<pre>{entry.hash}\nsuit {entry.previous_hash}\nclé {escape(entry.key_id)}\n{instant_text(entry.recorded_at)}"
        f"\n{entry.signature.hex()}</pre></details>"
    )
    return (
        f'<tr id="e{entry.seq}"><td>{entry.seq}</td><td>{moment.local:%d/%m/%Y %H:%M:%S}</td>'
        f"<td>{escape(entry_word(entry.type))}</td><td><code>{escape(entry.subject or '')}</code></td>"
        f"<td>{_facts(payload)}</td><td>{proof}</td></tr>\n"
    )


def _facts(payload: Payload | None) -> str:
    if payload is None:
        return "effacé ou laissé de côté"
    text = json.dumps(dict(payload.facts), ensure_ascii=False, indent=1, sort_keys=True)
    return f"<details><summary>lire</summary><pre>{escape(text)}</pre></details>"
