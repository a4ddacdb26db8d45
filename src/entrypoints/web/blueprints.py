"""The blueprints of the service."""

from __future__ import annotations

from flask import Blueprint

from entrypoints.api.blueprint import blueprint as lead_provider_api
from entrypoints.web.bulk import views as bulk
from entrypoints.web.changes import views as changes
from entrypoints.web.ects import views as ects
from entrypoints.web.information import about, health, home
from entrypoints.web.mentors import assign_several_views as assign_several
from entrypoints.web.mentors import register_views as register_new_mentor
from entrypoints.web.mentors import views as mentors
from entrypoints.web.register_ect import views as register_ect
from entrypoints.web.register_mentor import assign_views as assign_mentor
from entrypoints.web.register_mentor import choose_views as choose_mentor
from entrypoints.web.register_mentor import views as register_mentor
from entrypoints.web.signing_in import schools, session_expiry
from entrypoints.web.signing_in import views as signing_in
from entrypoints.web.static_files import serving_assets

BLUEPRINTS: tuple[Blueprint, ...] = (
    about.blueprint,
    assign_mentor.blueprint,
    assign_several.blueprint,
    bulk.blueprint,
    changes.blueprint,
    changes.details_blueprint,
    choose_mentor.blueprint,
    ects.blueprint,
    health.blueprint,
    lead_provider_api,
    home.blueprint,
    mentors.blueprint,
    register_ect.blueprint,
    register_mentor.blueprint,
    register_new_mentor.blueprint,
    schools.blueprint,
    serving_assets.blueprint,
    signing_in.blueprint,
    session_expiry.blueprint,
)
