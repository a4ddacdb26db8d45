"""How tests run: Hypothesis without deadlines, and repeatable where nobody watches."""

from __future__ import annotations

import os
import signal

from hypothesis import settings

settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "default")

# A shell that starts tests in the background has them ignore it, and so would their programs.
signal.signal(signal.SIGINT, signal.default_int_handler)
