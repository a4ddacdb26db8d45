"""`make bench`: every figure that has a limit, each against a floor in the same run."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import connections, lead_providers, pages, registration, rules, sessions, startup, trs


def main() -> int:
    """Print them all; exit status 1 when one is over its limit."""
    over = 0
    for module in (
        rules,
        startup,
        registration,
        trs,
        pages,
        sessions,
        connections,
        lead_providers,
    ):
        for measure in module.measure():
            print(measure, flush=True)
            over += not measure.holds
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
