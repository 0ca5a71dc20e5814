"""The test vectors that other readers of seals are written against; a difference is a change of the format."""

from tests.fakes.seal_vectors import FILE, written_vectors


def test_the_published_vectors_are_what_fixed_keys_give(accepts_golden: bool) -> None:
    """Same keys, same bytes, on every machine; ``make golden`` after a change that is meant."""
    found = written_vectors()
    if accepts_golden:
        FILE.write_text(found, encoding="utf-8")

    assert FILE.read_text(encoding="utf-8") == found
