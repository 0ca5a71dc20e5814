"""Requests that Hypothesis invents from a description of addresses."""

from hypothesis import HealthCheck, Phase, settings


def always_the_same(count: int) -> settings:
    """Invent as many requests, the same in every run."""
    return settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
