"""Every part of the service, a line each."""

from __future__ import annotations

from flask import Blueprint

from entrypoints.web import about, health, home, serving_assets
from entrypoints.web.demo import views as demo
from entrypoints.web.ects import views as ects
from entrypoints.web.mentors import views as mentors
from entrypoints.web.register_ect import views as register_ect
from entrypoints.web.signing_in import schools, staying
from entrypoints.web.signing_in import views as signing_in

BLUEPRINTS: tuple[Blueprint, ...] = (
    about.blueprint,
    ects.blueprint,
    health.blueprint,
    home.blueprint,
    mentors.blueprint,
    register_ect.blueprint,
    schools.blueprint,
    serving_assets.blueprint,
    signing_in.blueprint,
    staying.blueprint,
)
DEMO_BLUEPRINTS: tuple[Blueprint, ...] = (demo.blueprint,)
