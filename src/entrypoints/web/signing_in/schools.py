"""The choice of school, for users with the role at several."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from ect_registration.domain.values import Urn
from ect_registration.use_cases.signing_in.sessions import schools_of
from entrypoints.web.forms.fields import Choice, Form
from entrypoints.web.information.home import home_address
from entrypoints.web.platform.access import for_whoever_is_signed_in
from entrypoints.web.platform.context import current_ports
from entrypoints.web.platform.sessions import current_session, page_asked_for, switch_school

blueprint = Blueprint("schools", __name__)


class SchoolForm(Form):
    """Asks which of the user's schools to work for."""

    school = Choice("Which school do you want to work for?", "Select a school")


@blueprint.route("/choose-school", methods=["GET", "POST"])
@for_whoever_is_signed_in
def choose() -> ResponseReturnValue:
    """Lets the user choose a school, after signing in or later."""
    session = current_session()
    if session is None or not session.schools:
        return redirect(home_address())
    now = session.school and session.school.urn.digits
    form = SchoolForm(school=now)
    form.school.choices = [
        (school.urn.digits, school.name, f"URN {school.urn}")
        for school in schools_of(session, current_ports())
    ]
    home = home_address()
    if form.validate_on_submit():
        switch_school(Urn(form.school.data))
        return redirect(home if now else page_asked_for(home), 303)
    back = home if now else None
    page = render_template("signing_in/choose_school.html", form=form, back=back)
    return page, 422 if form.errors else 200
