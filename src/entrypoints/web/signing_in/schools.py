"""The choice of school, for users with the role at several."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ect_registration.domain.rules.operating.schools import last_day_of_acting
from ect_registration.domain.school import Succession
from ect_registration.domain.values import InvalidValue, Urn
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.signing_in.sessions import schools_of
from ect_registration.use_cases.signing_in.sign_in import latest_successions
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


def _replaced(school: str, uow: UnitOfWork) -> Succession | None:
    try:
        urn = Urn(school)
    except InvalidValue:
        return None
    return latest_successions([urn], uow).get(urn)


@blueprint.get("/school-replaced/<school>")
@for_whoever_is_signed_in
def replaced(school: str) -> ResponseReturnValue:
    """Tells users of a school that was replaced how long they can act for the successor."""
    session, onward = current_session(), page_asked_for(home_address())
    with current_ports().reading() as uow:
        succession = _replaced(school, uow)
        urns = () if succession is None else (succession.school, succession.successor)
        named = {each.urn: each.name for each in uow.schools.with_urns(urns)}
    if session is None or succession is None or succession.successor not in session.schools:
        return redirect(home_address())
    if session.school is None:
        onward = url_for("schools.choose")
    return render_template(
        "signing_in/school_replaced.html",
        old=named[succession.school],
        new=named[succession.successor],
        until=last_day_of_acting(succession),
        onward=onward,
    )
