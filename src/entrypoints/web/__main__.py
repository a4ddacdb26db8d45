"""``python -m entrypoints.web [PORT]``: the demo, for those who work on the pages."""

from __future__ import annotations

import sys
from functools import partial

from entrypoints import bootstrap
from entrypoints.demo import DEMO_DATE, demo_world_text
from entrypoints.web.serving.server import listen, serve_demo


def main(port: int) -> None:
    """Serves the demo until it is stopped."""
    world = bootstrap.parse_world(demo_world_text())
    with listen(port) as listening:
        serve_demo(world, DEMO_DATE, listening, partial(print, flush=True))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 8000)
