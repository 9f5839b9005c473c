"""Serves the application: the web server, its workers, and how they stop."""

import math
import os
import tempfile

from granian.constants import Interfaces
from granian.server import Server

from service.http.settings import Settings, to_environ


def serve(settings: Settings) -> None:
    """Serves until told to stop (SIGINT or SIGTERM); then running requests have `stop_seconds` to finish.

    Workers are processes of their own and read the settings from the environment, as every other start does.
    """
    os.environ.update(to_environ(settings))
    with tempfile.TemporaryDirectory(prefix="tearsheet-metrics-") as folder:
        if settings.workers > 1:
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder  # each worker counts in a file, /metrics adds them up
        Server(
            "service.http.app:create_app",
            factory=True,
            interface=Interfaces.ASGI,
            address=settings.host,
            port=settings.port,
            workers=settings.workers,
            websockets=False,
            respawn_failed_workers=True,
            workers_kill_timeout=math.ceil(settings.stop_seconds) or 1,
            log_enabled=False,
        ).serve()
