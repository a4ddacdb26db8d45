"""Every part of the service, a line each."""

from __future__ import annotations

from flask import Blueprint

from entrypoints.web import about, health, home, serving_assets
from entrypoints.web.demo import views as demo

BLUEPRINTS: tuple[Blueprint, ...] = (
    about.blueprint,
    health.blueprint,
    home.blueprint,
    serving_assets.blueprint,
)
DEMO_BLUEPRINTS: tuple[Blueprint, ...] = (demo.blueprint,)
