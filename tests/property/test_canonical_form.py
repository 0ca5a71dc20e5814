"""The canonical form is RFC 8785, whichever encoder writes it."""

import dataclasses

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.moment import ClockQuality
from kiosk.domain.request import OriginId
from kiosk.journal.canonical import JsonValue, canonical_bytes
from kiosk.journal.entry import Entry, entry_document, entry_hash, entry_to_json, signed_bytes, signed_fields
from kiosk.store.stored_values import instant_of

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
WHOLE = st.integers(-(2**53) + 1, 2**53 - 1)
VALUES = st.recursive(
    st.none() | st.booleans() | WHOLE | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_the_fast_encoder_writes_the_bytes_of_the_reference(value: JsonValue) -> None:
    """Any value: texts of every script, control characters, names beyond the first plane."""
    assert canonical_bytes(value) == rfc8785.dumps(value)


@given(st.dictionaries(TEXTS, TEXTS | WHOLE | st.none(), max_size=6))
def test_names_are_sorted_as_the_reference_sorts_them(fields: dict[str, str | int | None]) -> None:
    """RFC 8785 sorts by UTF-16, which differs from code points above U+FFFF."""
    assert canonical_bytes(fields) == rfc8785.dumps(fields)


def test_names_above_the_first_plane_are_sorted_by_utf_16() -> None:
    """U+1F600 comes before U+FB33 in UTF-16, and after it by code point."""
    assert canonical_bytes({"\ufb33": 1, "\U0001f600": 2}) == '{"\U0001f600":2,"\ufb33":1}'.encode()


@pytest.mark.parametrize("value", [1.0, [1, 2.5], {"a": {"é": [0.0]}}, {"é": 1, "b": float("nan")}])
def test_a_float_is_refused_wherever_it_hides(value: JsonValue) -> None:
    """Its text would depend on who prints it."""
    with pytest.raises(TypeError, match="float"):
        canonical_bytes(value)


@pytest.mark.parametrize("value", [2**53, -(2**53), [2**60], "\ud800", {"a": "\udfff"}])
def test_what_has_no_exact_form_is_refused(value: JsonValue) -> None:
    """Whole numbers that a double cannot hold, and halves of surrogate pairs."""
    with pytest.raises(ValueError, match=r".+"):
        canonical_bytes(value)


ENTRIES = st.builds(
    Entry,
    origin=TEXTS.map(OriginId),
    seq=st.integers(0, 2**53 - 1),
    type=TEXTS,
    recorded_at=st.integers(-(10**13), 10**14).map(instant_of),
    civil_date=st.dates(),
    zone=TEXTS,
    clock=st.sampled_from(ClockQuality),
    monotonic_ms=st.integers(0, 2**53 - 1),
    boot_id=TEXTS,
    subject=st.none() | TEXTS,
    payload_hash=TEXTS,
    previous_hash=TEXTS,
    key_id=TEXTS,
    hash=TEXTS,
    signature=st.binary(),
)


@given(ENTRIES)
def test_an_entry_written_directly_has_the_bytes_of_the_reference(entry: Entry) -> None:
    """Whatever its texts hold: quotes, control characters, every script."""
    assert signed_bytes(entry) == rfc8785.dumps(signed_fields(entry))
    assert entry_document(entry) == rfc8785.dumps(entry_to_json(entry))


@pytest.mark.parametrize("change", [{"seq": 2**53}, {"monotonic_ms": -1}, {"zone": "\ud800"}])
@given(entry=ENTRIES)
@settings(max_examples=5)
def test_an_entry_without_a_canonical_form_has_no_hash(change: dict[str, object], entry: Entry) -> None:
    """It could not be verified elsewhere."""
    with pytest.raises(ValueError, match=r".+"):
        entry_hash(dataclasses.replace(entry, **change))  # type: ignore[arg-type]
