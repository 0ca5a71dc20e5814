"""Identifiers sort by time and are never the same."""

import uuid

from kiosk.store.system_entropy import SystemEntropy


def test_identifiers_are_uuids_of_version_seven() -> None:
    """RFC 9562: version 7, variant 10."""
    identifier = uuid.UUID(SystemEntropy().identifier())

    assert (identifier.version, identifier.variant) == (7, uuid.RFC_4122)


def test_identifiers_sort_by_time_and_differ() -> None:
    """Made one after the other, they come out in that order, to the fraction of a millisecond."""
    entropy = SystemEntropy()
    made = [entropy.identifier() for _ in range(1000)]

    assert len(set(made)) == 1000
    assert [name[:16] for name in made] == sorted(name[:16] for name in made)


def test_salts_have_the_length_asked_for_and_differ() -> None:
    """From the operating system."""
    entropy = SystemEntropy()

    assert len(entropy.salt(16)) == 16
    assert entropy.salt(16) != entropy.salt(16)
