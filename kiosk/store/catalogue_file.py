"""Reading ``procedures.toml`` and a site's changes to it into a :class:`Catalogue`, every reference checked."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kiosk.domain.periods import CivilPeriod
from kiosk.domain.procedure import (
    Catalogue,
    Channel,
    Europeans,
    FactStatus,
    FilingWindow,
    Procedure,
    ProcedureGroup,
    SilenceRule,
    SupportingDocument,
    TicketKind,
)
from kiosk.errors import ConfigurationError, InputError
from kiosk.resource_files import resource_path
from kiosk.settings_loading import NOTHING_CHOSEN
from kiosk.store.toml_file import toml_tables

Code = Annotated[str, Field(pattern=r"^[A-Z0-9][A-Z0-9-]{1,19}$")]
SHIPPED_PROCEDURES = resource_path("procedures.toml")
SHIPPED_SERVICES = resource_path("services.toml")
# Keys of a procedure that an administrator may decide at the staff screen.
STAFF_MAY_CHANGE: Final = ("enabled", "local_label_fr", "documents")
CHOSEN: Final = "the staff screen"


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _GroupRow(_Row):
    order: int
    label_fr: str


class _WindowRow(_Row):
    label_fr: str
    basis: tuple[str, ...] = ()
    status: FactStatus
    from_days_before_expiry: int | None = None
    to_days_before_expiry: int | None = None
    from_months_before_expiry: int | None = None
    to_months_before_expiry: int | None = None
    within_months_after_entry: int | None = None
    within_months_after_event: int | None = None
    latest_day_before_birthday: int | None = None
    other_cases_months_after_birthday_18: int | None = None


class _DocumentRow(_Row):
    label_fr: str
    falc_fr: str
    status: FactStatus


class _SilenceRow(_Row):
    period: str
    effect: Literal["rejet", "none"]
    basis: str
    status: FactStatus


class _ProcedureRow(_Row):
    code: Code
    group: str
    order: int
    label_fr: str
    local_label_fr: Annotated[str, Field(max_length=90)] = ""
    falc_fr: tuple[str, ...]
    legal_basis: tuple[str, ...] = ()
    channel: Channel
    channel_status: FactStatus
    source: str = ""
    window: str
    window_if_online: str | None = None
    silence: _SilenceRow
    silence_variants: dict[str, str] = Field(default_factory=dict)
    receipt: TicketKind
    documents: tuple[str, ...] = ()
    minors: bool
    handoff: bool = False
    ask_evidence: bool = False
    ask_target_procedure: bool = False
    stores_no_identity: bool = False
    priority_hint: str = ""
    enabled: bool = True
    note: str = ""
    minors_alone: bool = False
    europeans: Europeans = Europeans.ELSEWHERE
    aliases: tuple[str, ...] = ()


class _CatalogueRows(_Row):
    schema_version: Literal[1]
    groups: dict[str, _GroupRow]
    windows: dict[str, _WindowRow]
    documents: dict[str, _DocumentRow]
    procedure: tuple[_ProcedureRow, ...]


def load_catalogue(
    path: Path = SHIPPED_PROCEDURES,
    overrides: Path | None = None,
    *,
    chosen: Mapping[str, object] = NOTHING_CHOSEN,
    ordered: Path | None = None,
) -> Catalogue:
    """Return the procedures that this site offers.

    A site's file may add groups, windows and documents, and hold ``[[procedure]]`` tables: one with a known code
    changes the keys that it names (channel, documents, silence, window, enabled...), one with a new code adds a
    procedure. A ``[letters]`` table changes the hall's services. What the staff screen chose lies above it, and what
    the centre ordered above that.

    Args:
        path: the procedures as they are shipped.
        overrides: the site's own file.
        chosen: dotted key to value, as chosen at the staff screen; see :data:`STAFF_MAY_CHANGE`.
        ordered: the file of the centre, of the same form as the site's.

    Raises:
        ConfigurationError: the files are not readable, or an entry is wrong; it is named.
    """
    data = toml_tables(path)
    letters = _letters(toml_tables(SHIPPED_SERVICES))
    layers = _layers(overrides, chosen, ordered)
    for name, site in layers:
        if name == CHOSEN:
            _leave_out_unknown(site, data)
        letters |= _letters({"letters": site.pop("letters", {})})
        data = _merged(data, site, name)
    try:
        rows = _CatalogueRows.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        name = layers[-1][0] if layers else path.name
        raise ConfigurationError(_place(data, first["loc"], name), first["msg"]) from error
    version = hashlib.sha256(repr((data, letters)).encode()).hexdigest()[:12]
    return _Builder(rows, letters).catalogue(version)


def _layers(
    overrides: Path | None, chosen: Mapping[str, object], ordered: Path | None
) -> list[tuple[str, dict[str, object]]]:
    """Return what lies above the shipped procedures, by name, the lowest first."""
    layers = [] if overrides is None else [(overrides.name, toml_tables(overrides))]
    if chosen:
        layers.append((CHOSEN, _chosen_tables(chosen)))
    if ordered is not None:
        layers.append((ordered.name, toml_tables(ordered)))
    return layers


def ordered_keys(ordered: Path) -> frozenset[str]:
    """Return the dotted keys that a file of the centre decides; none when there is no file, or it cannot be read."""
    try:
        tables = toml_tables(ordered)
    except ConfigurationError:
        return frozenset()
    rows, letters = tables.get("procedure"), tables.get("letters")
    found = {f"letters.{group}" for group in letters} if isinstance(letters, dict) else set()
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict):
            found |= {f"procedures.{row.get('code')}.{key}" for key in row if key in STAFF_MAY_CHANGE}
    return frozenset(found)


def _chosen_tables(chosen: Mapping[str, object]) -> dict[str, object]:
    """Return the overrides that the dotted keys of the staff screen mean: ``procedures.CODE.KEY``, ``letters.GROUP``.

    Raises:
        ConfigurationError: a key is not one that staff decide.
    """
    rows: dict[str, dict[str, object]] = {}
    letters: dict[str, object] = {}
    for key, value in chosen.items():
        match key.split("."):
            case ["procedures", code, name] if name in STAFF_MAY_CHANGE:
                rows.setdefault(code, {"code": code})[name] = value
            case ["letters", group]:
                letters[group] = value
            case _:
                raise ConfigurationError(key, "a key of a procedure that the staff screen may decide")
    return {"procedure": list(rows.values()), "letters": letters}


class _Builder:
    """Turns checked rows into linked values."""

    def __init__(self, rows: _CatalogueRows, letters: Mapping[str, str]) -> None:
        self._rows = rows
        self._letters = letters
        self._windows = {code: _window(code, row) for code, row in rows.windows.items()}
        self._documents = {
            code: SupportingDocument(code, row.label_fr, row.falc_fr, row.status)
            for code, row in rows.documents.items()
        }

    def catalogue(self, version: str) -> Catalogue:
        groups = tuple(sorted(map(self._group, self._rows.groups), key=lambda group: group.order))
        ranks = {group.code: group.order for group in groups}
        procedures = [self._procedure(row) for row in self._rows.procedure]
        codes = [procedure.code for procedure in procedures]
        for code in codes:
            if codes.count(code) > 1:
                raise ConfigurationError(f"procedure {code}", "a code that no other procedure has")
        offered = sorted((p for p in procedures if p.enabled), key=lambda p: (ranks[p.group], p.order))
        withdrawn = {procedure.code: procedure for procedure in procedures if not procedure.enabled}
        by_code = {procedure.code: procedure for procedure in offered}
        return Catalogue(groups, by_code, version, withdrawn, self._documents)

    def _group(self, code: str) -> ProcedureGroup:
        row = self._rows.groups[code]
        if code not in self._letters:
            raise ConfigurationError(f"letters.{code}", "a letter for the call numbers of this group")
        return ProcedureGroup(code, row.order, row.label_fr, self._letters[code])

    def _procedure(self, row: _ProcedureRow) -> Procedure:
        place = f"procedure {row.code}"
        _known(f"{place}.group", row.group, self._rows.groups)
        _known(f"{place}.window", row.window, self._windows)
        if row.window_if_online is not None:
            _known(f"{place}.window_if_online", row.window_if_online, self._windows)
        for document in row.documents:
            _known(f"{place}.documents", document, self._documents)
        if row.receipt is TicketKind.ACKNOWLEDGEMENT and row.silence.effect == "none":
            raise ConfigurationError(f"{place}.silence", "a period: an acknowledgement states what silence means")
        return Procedure(
            code=row.code,
            group=row.group,
            order=row.order,
            label_fr=row.label_fr,
            falc_fr=row.falc_fr,
            legal_basis=row.legal_basis,
            channel=row.channel,
            channel_status=row.channel_status,
            window=self._windows[row.window],
            window_if_online=self._windows[row.window_if_online] if row.window_if_online else None,
            silence=_silence(f"{place}.silence", row.silence),
            silence_variants={
                name: _period(f"{place}.silence_variants.{name}", period)
                for name, period in row.silence_variants.items()
            },
            ticket_kind=row.receipt,
            documents=tuple(self._documents[code] for code in row.documents),
            open_to_minors=row.minors,
            handoff=row.handoff,
            ask_evidence=row.ask_evidence,
            ask_target_procedure=row.ask_target_procedure,
            stores_no_identity=row.stores_no_identity,
            enabled=row.enabled,
            note=row.note,
            minors_alone=row.minors_alone,
            europeans=row.europeans,
            aliases=row.aliases,
            local_label_fr=row.local_label_fr,
        )


def _window(code: str, row: _WindowRow) -> FilingWindow:
    return FilingWindow(
        code=code,
        label_fr=row.label_fr,
        basis=row.basis,
        status=row.status,
        from_before_expiry=_counted_back(row.from_months_before_expiry, row.from_days_before_expiry),
        to_before_expiry=_counted_back(row.to_months_before_expiry, row.to_days_before_expiry),
        after_entry=_counted_back(row.within_months_after_entry, None),
        after_event=_counted_back(row.within_months_after_event, None),
        before_birthday=row.latest_day_before_birthday,
        months_after_18=row.other_cases_months_after_birthday_18,
    )


def _counted_back(months: int | None, days: int | None) -> CivilPeriod | None:
    return None if months is None and days is None else CivilPeriod(months or 0, days or 0)


def _silence(place: str, row: _SilenceRow) -> SilenceRule:
    is_silent = row.effect == "none"
    if is_silent != (row.period == "none"):
        raise ConfigurationError(place, 'period = "none" together with effect = "none", or neither')
    return SilenceRule(None if is_silent else _period(place, row.period), row.basis, row.status)


def _period(place: str, text: str) -> CivilPeriod:
    try:
        return CivilPeriod.parse(text)
    except InputError as error:
        raise ConfigurationError(place, error.expectation) from error


def _known(place: str, code: str, known: Mapping[str, object]) -> None:
    if code not in known:
        raise ConfigurationError(place, f"one of {', '.join(known)}, not {code!r}")


def _leave_out_unknown(chosen: dict[str, object], data: Mapping[str, object]) -> None:
    """Leave out what was chosen for a procedure that this version does not know any more."""
    known, rows = data.get("procedure"), chosen.get("procedure")
    if isinstance(known, list) and isinstance(rows, list):
        codes = {row.get("code") for row in known if isinstance(row, dict)}
        chosen["procedure"] = [row for row in rows if row["code"] in codes]


def _letters(data: Mapping[str, object]) -> dict[str, str]:
    letters = data.get("letters", {})
    if not isinstance(letters, dict):
        raise ConfigurationError("letters", "a table of group = letter")
    for group, letter in letters.items():
        if not (isinstance(letter, str) and len(letter) == 1 and "A" <= letter <= "Z"):
            raise ConfigurationError(f"letters.{group}", "one letter A to Z")
    return dict(letters)


def _merged(shipped: dict[str, object], site: dict[str, object], file: str) -> dict[str, object]:
    """Return the shipped data with a site's changes; tables are merged key by key, procedures by code."""
    merged = dict(shipped)
    for name, changes in site.items():
        base = merged.get(name)
        if name == "procedure" and isinstance(base, list) and isinstance(changes, list):
            merged[name] = _merged_procedures(base, changes, file)
        elif isinstance(base, dict) and isinstance(changes, dict):
            merged[name] = base | {key: _merged_row(base.get(key), value) for key, value in changes.items()}
        elif name != "schema_version":
            raise ConfigurationError(f"{file}: {name}", "groups, windows, documents, letters or procedure")
    return merged


def _merged_procedures(shipped: list[object], changes: list[object], file: str) -> list[object]:
    rows = {row["code"]: row for row in shipped if isinstance(row, dict)}
    for change in changes:
        code = change.get("code") if isinstance(change, dict) else None
        if not isinstance(change, dict) or not isinstance(code, str):
            raise ConfigurationError(f"{file}: procedure", "a table with its code")
        rows[code] = rows.get(code, {}) | change
    return list(rows.values())


def _merged_row(base: object, change: object) -> object:
    return base | change if isinstance(base, dict) and isinstance(change, dict) else change


def _place(data: Mapping[str, object], location: tuple[int | str, ...], file: str) -> str:
    """Return where a value stands, with the procedure's code instead of its rank."""
    parts = list(map(str, location))
    rows = data.get("procedure")
    if parts[:1] == ["procedure"] and len(location) > 1 and isinstance(location[1], int) and isinstance(rows, list):
        row = rows[location[1]]
        parts[:2] = [f"procedure {row.get('code', location[1]) if isinstance(row, dict) else location[1]}"]
    return f"{file}: {'.'.join(parts)}"
