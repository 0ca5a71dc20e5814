"""What Borne knows and promises: no screen, no network, no printer bytes."""

import sys

# WORKAROUND: where rich is installed, structlog loads it for tracebacks that nobody here prints: 4 MB in a program that
# runs for months, and a tenth of a second at each start. It takes no for an answer; others get their rich afterwards.
_had_rich = "rich" in sys.modules
sys.modules.setdefault("rich", None)  # type: ignore[arg-type]  # None: an import finds nothing

import structlog  # noqa: E402, F401  # while rich is hidden

if not _had_rich:
    del sys.modules["rich"]
