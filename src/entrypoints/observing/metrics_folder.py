"""The folder where the workers of one server count, so that each can tell of all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"  # prometheus_client reads it when it is imported


@contextmanager
def metrics_folder() -> Iterator[str]:
    """Gives an empty folder to this process and its children, and removes it afterwards."""
    with tempfile.TemporaryDirectory(prefix="ect-metrics-") as folder:
        before = os.environ.get(VARIABLE)
        os.environ[VARIABLE] = folder
        try:
            yield folder
        finally:
            if before is None:
                del os.environ[VARIABLE]
            else:
                os.environ[VARIABLE] = before
