"""Every part of the service, a line each."""

from __future__ import annotations

from flask import Blueprint

from entrypoints.web import about, health, home, serving_assets
from entrypoints.web.demo import views as demo
from entrypoints.web.ects import views as ects
from entrypoints.web.mentors import assigning as assign_several
from entrypoints.web.mentors import views as mentors
from entrypoints.web.register_ect import views as register_ect
from entrypoints.web.register_mentor import assigning as assign_mentor
from entrypoints.web.register_mentor import choosing as choose_mentor
from entrypoints.web.register_mentor import views as register_mentor
from entrypoints.web.signing_in import schools, staying
from entrypoints.web.signing_in import views as signing_in

BLUEPRINTS: tuple[Blueprint, ...] = (
    about.blueprint,
    assign_mentor.blueprint,
    assign_several.blueprint,
    choose_mentor.blueprint,
    ects.blueprint,
    health.blueprint,
    home.blueprint,
    mentors.blueprint,
    register_ect.blueprint,
    register_mentor.blueprint,
    schools.blueprint,
    serving_assets.blueprint,
    signing_in.blueprint,
    staying.blueprint,
)
DEMO_BLUEPRINTS: tuple[Blueprint, ...] = (demo.blueprint,)
