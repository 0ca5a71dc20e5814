"""Measurements: each figure beside its yardstick, in the same run. Started by ``python -m tests.bench``."""
