"""Every setting once: type, unit, default, range, one sentence.

Read at start from TOML and the environment (``BORNE_`` prefix, ``__`` between levels), then frozen and handed down
section by section. Secrets are files; no setting holds one. :func:`kiosk.settings_loading.load_settings` is the only
reader.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

ENVIRONMENT_PREFIX: Final = "BORNE_"
LEVEL_DELIMITER: Final = "__"
# What the centre may decide for a machine: never where it stands, its keys, its store, its printer, or whom it obeys.
CENTRE_MAY_SET: Final = frozenset(
    {
        "central.batch_entries", "central.deadline_s", "central.idle_poll_s", "central.probe_s",
        "central.backoff_first_s", "central.backoff_max_s", "retention.request_days", "screen.languages",
        "screen.inactivity_s", "screen.warning_s", "screen.end_screen_s", "seal.verify_url", "log_level",
    }
)  # fmt: skip
# What an administrator may decide at the staff screen: what the office changes, never what the machine stands on.
STAFF_MAY_SET: Final = (
    "hours.monday", "hours.tuesday", "hours.wednesday", "hours.thursday", "hours.friday", "hours.saturday",
    "hours.sunday", "hours.closed_days", "hours.closed_on_holidays", "hours.files_when_closed",
    "hall.counters", "hall.lock_after_s", "hall.priorities",
    "site.kiosk_place", "site.service_name", "site.service_address", "site.service_phone", "site.service_email",
    "site.ticket_note", "site.data_protection_contact",
    "screen.languages", "retention.request_days", "retention.staff_days", "printer.url",
)  # fmt: skip


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SiteSettings(_Section):
    """Where the kiosk stands and in whose name it speaks; printed on the ticket."""

    departement: str = Field("38", description="Code of the département (departements.csv).")
    kiosk_id: Annotated[str, Field(pattern=r"^[A-Z0-9]{2}$")] = Field(
        "A2", description="Two letters or digits, unique in the département."
    )
    kiosk_place: str = Field("Hall d'accueil", description="Where in the building, in French.")
    prefecture_name: str = Field("Préfecture de l'Isère", description="As printed on the ticket.")
    service_name: str = Field("Service de l'immigration et de l'intégration", description="Service in charge.")
    service_address: tuple[str, ...] = Field(
        ("12 place de Verdun", "38000 Grenoble"), description="Postal address, line by line."
    )
    service_phone: str = Field("04 76 60 34 00", description="Telephone of the service.")
    service_email: str = Field("etrangers@isere.example", description="E-mail of the service, may be empty.")
    data_protection_contact: str = Field("dpo@isere.example", description="Contact of the data protection officer.")
    ticket_note: Annotated[tuple[Annotated[str, Field(min_length=1, max_length=80)], ...], Field(max_length=6)] = Field(
        (), description="Lines of the office's own below its address on the ticket, in French, for example its hours."
    )


class StoreSettings(_Section):
    """The local database."""

    encrypted: bool = Field(True, description="Encrypt with SQLCipher.")
    key_file: Path | None = Field(None, description="Raw key, mode 0600; default: in the keys directory.")
    busy_timeout_s: float = Field(10.0, gt=0, le=60, description="How long to wait for another writer.")


class SigningSettings(_Section):
    """The kiosk's signing key."""

    key_file: Path | None = Field(None, description="PEM private key, mode 0600; default: in the keys directory.")


class PrinterSettings(_Section):
    """The ticket printer."""

    url: str = Field(
        "none:", description="tcp://HOST:PORT, serial://, usb://, file://, cups://, emulator:///DIR or none:"
    )
    profile: str = Field("generic-80", description="Model: a name of printers.toml or of python-escpos.")
    rendering: Literal["auto", "picture", "hybrid"] = Field(
        "auto", description="Whole ticket as a picture, or French in the printer's letters; auto: by model and speed."
    )
    width_dots: Literal[384, 512, 576] | None = Field(
        None, description="Printable width in dots; default: of the profile."
    )
    dots_per_inch: Literal[180, 203] | None = Field(
        None, description="Resolution of the print head; default: of the profile."
    )
    confirmation: Literal["process_id", "status_after_data"] | None = Field(
        None,
        description="How it says that the slip left: GS ( H or GS r 1 after the data; default: of the profile.",
    )
    cutter: bool | None = Field(None, description="Whether the printer cuts the paper; default: of the profile.")
    roll_mm: int = Field(80_000, ge=5_000, le=400_000, description="Length of a new roll of paper, in millimetres.")
    deadline_s: float = Field(20.0, gt=1, le=120, description="Total time for one ticket, confirmation included.")
    status_timeout_s: float = Field(0.5, gt=0, le=1, description="Time for one answer about the state.")


class CentreSettings(_Section):
    """The link to the central system."""

    url: str = Field("", description="Base URL of the centre or hub; empty: no link.")
    public_key_file: Path | None = Field(None, description="PEM public key that signs acknowledgements.")
    deadline_s: float = Field(20.0, gt=0, le=300, description="Total time for one call, however slow the server.")
    batch_entries: int = Field(500, ge=1, le=5000, description="Entries in one batch at most.")
    proxy_url: str = Field("", description="HTTP proxy on the way to the centre; empty: none. Nothing else sets one.")
    authority_file: Path | None = Field(
        None, description="PEM of the authority that signs the centre's TLS certificate; empty: the system's."
    )
    idle_poll_s: float = Field(30.0, gt=0, le=3600, description="Pause between two looks at the journal.")
    probe_s: float = Field(5.0, gt=0, le=300, description="Without a link: pause between two looks whether it is back.")
    visit_pause_s: float = Field(
        2.0, ge=0, le=60, description="While somebody is at the screen: pause between two small batches of a backlog."
    )
    backoff_first_s: float = Field(1.0, gt=0, le=60, description="First pause after a failure.")
    backoff_max_s: float = Field(300.0, gt=0, le=3600, description="Longest pause after failures.")


class ScreenSettings(_Section):
    """The applicant's screens."""

    languages: tuple[str, ...] = Field(
        ("fr", "fr-x-falc", "ar", "en", "es", "ht", "pt", "tr", "ru", "uk", "fa", "ps", "bn", "ta", "zh-Hans"),
        min_length=1,
        description="Languages offered, in button order.",
    )
    full_screen: bool = Field(True, description="Cover the whole screen.")
    inactivity_s: int = Field(60, ge=20, le=600, description="Time without a touch before the warning.")
    warning_s: int = Field(20, ge=20, le=120, description="Time of the warning before everything is erased.")
    double_tap_ms: int = Field(500, ge=0, le=2000, description="A second tap on the same target is ignored.")
    end_screen_s: int = Field(30, ge=5, le=300, description="How long the last screen stays.")
    fade_ms: int = Field(120, ge=0, le=300, description="How long a page melts into the next one; 0: not at all.")
    greet_after_s: int = Field(
        30, ge=10, le=3600, description="Time without a touch before the welcome greets in its languages by turns."
    )
    greet_each_s: int = Field(8, ge=6, le=60, description="How long each language stays; nothing changes faster.")
    rest_after_s: int = Field(
        1800, ge=60, le=86_400, description="Time without a touch before the screen rests, dark, to spare it."
    )


class ScannerSettings(_Section):
    """The reader of passports, cards and codes."""

    device: str = Field("", description="Serial line of the reader, for example /dev/ttyACM0; empty: none.")
    baud: int = Field(9600, ge=1200, le=921_600, description="Speed of that line.")
    types_keys: bool = Field(False, description="The reader types what it reads, like a keyboard (keyboard wedge).")

    @property
    def is_there(self) -> bool:
        """Whether the kiosk has a reader."""
        return bool(self.device) or self.types_keys


class SpeechSettings(_Section):
    """The voice, which goes to the headset and nowhere else (EN 301 549, 5.1.3.9)."""

    device: str = Field(
        "", description="Sound device of the headset, as the program names it; empty: no voice, never a loudspeaker."
    )
    program: str = Field("espeak-ng", min_length=1, description="The speaking program.")
    words_per_minute: int = Field(150, ge=80, le=450, description="Usual speed.")
    volume: int = Field(100, ge=10, le=200, description="Usual volume, 100 is the program's own.")

    @property
    def is_there(self) -> bool:
        """Whether the kiosk speaks: only where somebody named the headset that it speaks into."""
        return bool(self.device)


class HoursSettings(_Section):
    """When the hall is open, in legal time; without any hours the kiosk is always open."""

    monday: tuple[str, ...] = Field((), description="Open on Mondays, for example 08:30-12:00; empty: closed.")
    tuesday: tuple[str, ...] = Field((), description="Open on Tuesdays.")
    wednesday: tuple[str, ...] = Field((), description="Open on Wednesdays.")
    thursday: tuple[str, ...] = Field((), description="Open on Thursdays.")
    friday: tuple[str, ...] = Field((), description="Open on Fridays.")
    saturday: tuple[str, ...] = Field((), description="Open on Saturdays.")
    sunday: tuple[str, ...] = Field((), description="Open on Sundays.")
    closed_days: tuple[date, ...] = Field((), description="Further closing days of the office, for example 2027-05-07.")
    closed_on_holidays: bool = Field(True, description="Closed on the public holidays of the département.")
    files_when_closed: bool = Field(False, description="Requests can be filed also while the counters are closed.")


class DisplaySettings(_Section):
    """The hall display: which screen, and what the hall hears."""

    screen: str = Field("", description="Output that it fills, for example HDMI-1; empty: the first one.")
    device: str = Field(
        "", description="Sound device of the hall's loudspeaker, as the programs name it; empty: no chime and no voice."
    )
    program: str = Field("espeak-ng", min_length=1, description="The speaking program.")
    words_per_minute: int = Field(130, ge=80, le=450, description="Speed of the voice.")
    volume: int = Field(100, ge=10, le=200, description="Volume of the voice, 100 is the program's own.")
    chime_program: str = Field(
        "aplay", description="Plays the chime, called as PROGRAM -q -D DEVICE - with a WAV to read; empty: no chime."
    )

    @property
    def is_heard(self) -> bool:
        """Whether the display speaks: only where somebody named its loudspeaker."""
        return bool(self.device)


class RetentionSettings(_Section):
    """How long personal data stay on this machine (domain dossier 6.2)."""

    request_days: int = Field(
        30,
        ge=1,
        le=3650,
        description="Days after the last filing or act; what the centre does not hold yet stays longer.",
    )
    staff_days: int = Field(
        365,
        ge=180,
        le=1095,
        description="Days for which the kiosk keeps what staff did, longer where the centre does not hold it yet.",
    )
    centre_days: int = Field(
        1095, ge=30, le=7300, description="Days after which the centre erases what a request said (person retention)."
    )


class HallSettings(_Section):
    """The counters of the hall."""

    counters: Annotated[tuple[Annotated[str, Field(min_length=1, max_length=12)], ...], Field(min_length=1)] = Field(
        ("1", "2", "3", "4"), description="Names of the counters, as they are called and shown."
    )
    priorities: tuple[Literal["rights_expire", "summons_missed", "vulnerable"], ...] = Field(
        ("rights_expire", "summons_missed", "vulnerable"),
        description="Reasons for which staff may let somebody pass first.",
    )
    lock_after_s: int = Field(300, ge=30, le=1800, description="Seconds without a touch before the staff screen locks.")
    scanner_device: str = Field(
        "",
        description="Serial line of the counter's own reader, for example /dev/ttyACM0; empty: none, or it types.",
    )
    scanner_baud: int = Field(9600, ge=1200, le=921_600, description="Speed of that line.")
    printer_url: str = Field(
        "", description="The counters' own printer, for duplicates, as printer.url; empty: the kiosk's alone."
    )
    printer_profile: str = Field("generic-80", description="Its model, as printer.profile.")
    totp_for: tuple[Literal["agent", "supervisor", "administrator"], ...] = Field(
        (), description="Roles that must type a code of their telephone beside the password."
    )
    hub_url: str = Field(
        "", description="Address of the hub at which counters and displays work; empty: on this machine's own store."
    )
    hub_authority_file: Path | None = Field(
        None, description="PEM of the authority that signs the hub's TLS certificate; empty: the system's."
    )
    hub_deadline_s: float = Field(5.0, gt=0, le=60, description="Total time for one call to the hub.")
    site_kiosks: int = Field(1, ge=1, le=50, description="Kiosks whose visitors wait in one hall.")
    kiosk_rank: int = Field(
        1, ge=1, le=50, description="Rank of this kiosk among them: of two, one gives odd call numbers, one even ones."
    )
    origins: tuple[Annotated[str, Field(pattern=r"^[0-9AB]{2,3}-[0-9A-Z]{2}$")], ...] = Field(
        (), description="At a hub: kiosks of its hall, for example 38-A2; none: all of the département that send to it."
    )


class SealSettings(_Section):
    """The signed code on the ticket."""

    verify_url: str = Field("", description="Page that checks a seal; put before # in the code; empty: none.")
    module_dots: int = Field(6, ge=5, le=8, description="Dots per module of the QR code.")


class EvidenceSettings(_Section):
    """Proof from outside of when the journal was written."""

    time_stamp_url: str = Field("", description="Address of an RFC 3161 time-stamp authority; empty: none.")
    time_stamp_authority_file: Path | None = Field(
        None, description="PEM certificates of the authority's root, against which its tokens are checked."
    )
    time_stamp_deadline_s: float = Field(20.0, gt=0, le=120, description="Total time for one token.")
    time_stamp_interval_s: int = Field(
        3600, ge=60, le=86_400, description="Least time between two tokens; a closure does not wait for it."
    )


class Settings(BaseSettings):
    """All settings of one machine."""

    model_config = SettingsConfigDict(
        env_prefix=ENVIRONMENT_PREFIX,
        env_nested_delimiter=LEVEL_DELIMITER,
        frozen=True,
        extra="forbid",
        nested_model_default_partial_update=True,
    )

    site: SiteSettings = SiteSettings()
    store: StoreSettings = StoreSettings()
    signing: SigningSettings = SigningSettings()
    printer: PrinterSettings = PrinterSettings()
    central: CentreSettings = CentreSettings()
    screen: ScreenSettings = ScreenSettings()
    scanner: ScannerSettings = ScannerSettings()
    speech: SpeechSettings = SpeechSettings()
    hall: HallSettings = HallSettings()
    hours: HoursSettings = HoursSettings()
    display: DisplaySettings = DisplaySettings()
    seal: SealSettings = SealSettings()
    retention: RetentionSettings = RetentionSettings()
    evidence: EvidenceSettings = EvidenceSettings()
    procedures_file: Path | None = Field(None, description="Site overrides of procedures.toml.")
    holidays_file: Path | None = Field(None, description="Site overrides of holidays.toml.")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="Least level logged.")

    @property
    def counter_printer(self) -> PrinterSettings | None:
        """The counters' own printer; None where duplicates come out of the kiosk alone."""
        if self.hall.printer_url in {"", "none:"}:
            return None
        times = {"deadline_s": self.printer.deadline_s, "status_timeout_s": self.printer.status_timeout_s}
        return PrinterSettings(url=self.hall.printer_url, profile=self.hall.printer_profile, **times)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003  # pydantic-settings passes all of them by name
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over the TOML, level by level; nothing else is read."""
        return env_settings, init_settings


def declared_settings(model: type[BaseModel] = Settings, above: str = "") -> Iterator[tuple[str, FieldInfo]]:
    """Yield every setting with its dotted key, in the order of the declaration."""
    for name, field in model.model_fields.items():
        key = f"{above}{name}"
        section = section_of(field)
        if section is None:
            yield key, field
        else:
            yield from declared_settings(section, f"{key}.")


def section_of(field: FieldInfo) -> type[BaseModel] | None:
    """Return the section that a field holds, or None when it is a setting."""
    annotation = field.annotation
    return annotation if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None


def environment_variable(key: str) -> str:
    """Return the variable that overrides a setting: ``BORNE_CENTRAL__URL`` for ``central.url``."""
    return ENVIRONMENT_PREFIX + key.replace(".", LEVEL_DELIMITER).upper()
