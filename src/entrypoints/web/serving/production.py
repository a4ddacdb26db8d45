"""The production server: gunicorn keeps workers, which each open the service themselves."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from ect_registration.ports.errors import Unavailable
from entrypoints.observing import tracing_wanted
from entrypoints.observing.metrics_folder import metrics_folder
from entrypoints.settings.config import Settings
from entrypoints.settings.inspection import open_counts
from entrypoints.web.platform.environment.settings import WebSettings
from entrypoints.web.platform.logs import log_as_json, logging_config
from entrypoints.web.platform.requests.requests_log import log
from entrypoints.web.serving.server import open_service, warmed_up
from entrypoints.web.serving.worker import GRACE, EventLoopWorker, Served

LONGEST_SILENCE = 60  # seconds; a worker whose event loop stands still for longer is replaced
PAUSE = 2  # seconds before a worker that could not open the service is replaced


def serve(settings: Settings, web: WebSettings, bind: str, workers: int) -> None:
    """Serves until stopped; requests under way are finished first.

    Raises SettingsError, and Unavailable without a database that is up to date.
    """
    with open_service(settings, web):
        pass  # a mistake is told once, before there are workers
    with ExitStack() as metrics:
        folder = web.metrics_bind and metrics.enter_context(metrics_folder())
        BaseApplication.run(_Gunicorn(settings, web, bind, workers, folder))


class _Gunicorn(BaseApplication):
    """gunicorn, configured here only."""

    def __init__(
        self, settings: Settings, web: WebSettings, bind: str, workers: int, folder: str | None
    ) -> None:
        self._settings, self._web, self._folder = settings, web, folder
        self._open = ExitStack()
        self._options: dict[str, Any] = {
            "bind": [bind, web.metrics_bind] if web.metrics_bind else [bind],
            "workers": workers,
            "worker_class": EventLoopWorker,
            "timeout": LONGEST_SILENCE,
            "graceful_timeout": GRACE + 5,  # the worker ends by itself before that
            "control_socket_disable": True,
            "logconfig_dict": logging_config(),
            "worker_exit": lambda _arbiter, _worker: self._open.close(),
        }
        BaseApplication.__init__(self)

    def load_config(self) -> None:
        """Sets the options, and reads neither files nor the environment."""
        config: Any = self.cfg
        for name, value in self._options.items():
            config.set(name, value)

    def load(self) -> Served:
        """Opens the service in each worker: no connection is shared between processes."""
        log_as_json()
        try:
            trace = self._open.enter_context(_traced())
            served = self._open.enter_context(_served(self._settings, self._web, self._folder))
        except Unavailable as error:
            log.error("cannot start", what=str(error))
            time.sleep(PAUSE)
            raise SystemExit(1) from None  # another worker tries again
        trace(served.pages)
        return served


@contextmanager
def _traced() -> Iterator[Callable[[Flask], None]]:
    """Traces statements until the block ends, and yields what traces the requests too."""
    if not tracing_wanted.is_wanted(os.environ):
        yield lambda _: None
    elif not tracing_wanted.is_installed():
        log.warning("cannot trace", what="install ect-registration-service[tracing]")
        yield lambda _: None
    else:
        # Not before: to import all that takes its time.
        from entrypoints.observing.tracing import traced

        with traced() as trace:
            yield trace


@contextmanager
def _served(settings: Settings, web: WebSettings, folder: str | None) -> Iterator[Served]:
    """Opens what a worker serves, until the block ends: pages, and metrics where asked for."""
    if folder is None:
        with open_service(settings, web) as app:
            yield Served(warmed_up(app))
        return
    # Not before: prometheus_client looks for the folder when it is imported, and takes its time.
    from prometheus_client import CollectorRegistry

    from entrypoints.observing.prometheus import PrometheusObserver, metrics_app

    observer = PrometheusObserver(CollectorRegistry())
    with open_service(settings, web, observer) as app, open_counts(settings) as counts:
        yield Served(warmed_up(app), metrics_app(folder, counts))
