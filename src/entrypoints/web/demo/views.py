"""The demo's own pages: what to try, signing in as anybody, another day, TRS, a fresh start."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field
from wtforms.validators import ValidationError

from ect_registration.domain.attempts import Attempted
from ect_registration.domain.school import School, SchoolStatus, SchoolType
from ect_registration.use_cases.notifying.send import send_notices
from ect_registration.use_cases.signing_in.limits import count
from entrypoints.demo.highlights import CLICKS
from entrypoints.settings.config import FIRST_DAY, LAST_DAY
from entrypoints.text.dates_in_words import long_date
from entrypoints.web.demo.stage import Demo
from entrypoints.web.demo.trying import try_out
from entrypoints.web.forms.dates import DateParts
from entrypoints.web.forms.fields import Choice, Form
from entrypoints.web.information.home import home_address
from entrypoints.web.platform.access import demo_only
from entrypoints.web.platform.context import DemoPages, current_ports, here
from entrypoints.web.platform.errors import too_many_attempts
from entrypoints.web.platform.sessions import (
    begin_session,
    is_ours,
    page_asked_for,
    this_page,
)

AFRESH = ". The demo has started again"
TRS_AWAY = "TRS is out of reach in this demo, until you bring it back"
TRS_BACK = "TRS is in reach again"

blueprint = Blueprint("demo", __name__, url_prefix="/demo")


@blueprint.app_context_processor
def _values() -> dict[str, object]:
    """Returns what the banner needs besides: the page to come back to, or an empty text."""
    return {"page_to_return_to": this_page()}


class SignInForm(Form):
    """Chooses one of the invented people to sign in as."""

    user = Choice("Who do you want to sign in as?", "Select who to sign in as")


class TodayForm(Form):
    """Asks for the date that the demo should show."""

    today = DateParts("What date do you want the demo to show?", what="the date")

    def validate_today(self, field: Field) -> None:
        """Refuses dates that the rules cannot use, and earlier ones in a lasting demo."""
        demo = _demo()
        if demo.lasting and field.data < demo.clock.today():
            raise ValidationError("Enter a later date. This demo cannot go back in time")
        if not FIRST_DAY <= field.data <= LAST_DAY:
            raise ValidationError(
                f"Enter a date from {long_date(FIRST_DAY)} to {long_date(LAST_DAY)}"
            )


@blueprint.route("/sign-in", methods=["GET", "POST"])
@demo_only
def sign_in() -> ResponseReturnValue:
    """Signs the visitor in without a password: these people are invented."""
    people = {user.id: _demo().person(user.id) for user in _demo().world.users}
    form = SignInForm()
    form.user.choices = [
        (id, person.name, _about(school)) for id, (person, school) in people.items()
    ]
    if form.validate_on_submit():
        person, school = people[form.user.data]
        barred = count(Attempted.SIGN_IN, person.user, current_ports())
        if barred is not None:
            return too_many_attempts(barred, url_for("demo.sign_in"))
        begin_session(person, [school])
        return redirect(page_asked_for(home_address()), 303)
    return render_template("demo/sign_in.html", form=form), 422 if form.errors else 200


@blueprint.route("/today", methods=["GET", "POST"])
@demo_only
def today() -> ResponseReturnValue:
    """Changes the date of the demo. An earlier date makes the demo start again."""
    demo = _demo()
    form = TodayForm(today=demo.clock.today())
    if form.validate_on_submit() and form.today.data is not None:
        afresh = demo.move_to(form.today.data)
        flash(f"The date is now {long_date(form.today.data)}{AFRESH if afresh else ''}")
        return redirect(url_for("home.start"), 303)
    return render_template("demo/today.html", form=form), 422 if form.errors else 200


@blueprint.get("/notices")
@demo_only
def notices() -> ResponseReturnValue:
    """Sends the notices that wait into the demo's folder, and shows everything sent so far."""
    sent = _demo().notices
    send_notices(current_ports(), sent)
    return render_template("demo/notices.html", messages=sent.messages())


@blueprint.get("")
@demo_only
def index() -> ResponseReturnValue:
    """Shows everything that can be tried and changed in the demo."""
    return render_template("demo/index.html", form=Form())


@blueprint.post(f"/try/<any({','.join(map(repr, CLICKS))}):click>")
@demo_only
def try_one(click: str) -> ResponseReturnValue:
    """Does what one of the buttons says, where the world has its people."""
    demo = _demo()
    offered = {each.id for highlight in demo.highlights for each in highlight.clicks}
    if click not in offered:
        abort(404)
    return try_out(CLICKS[click], demo)


@blueprint.post("/trs")
@demo_only
def trs() -> ResponseReturnValue:
    """Takes TRS out of reach, or brings it back."""
    demo, page = _demo(), request.form.get("page", "")
    demo.trs.out_of_reach = request.form.get("out_of_reach") == "yes"
    flash(TRS_AWAY if demo.trs.out_of_reach else TRS_BACK)
    return redirect(page if is_ours(page) else url_for("demo.index"), 303)


@blueprint.post("/start-again")
@demo_only
def start_again() -> ResponseReturnValue:
    """Puts everything back to the start, unless the demo keeps a database of the user's own."""
    demo = _demo()
    if demo.lasting:
        return render_template("demo/index.html", form=Form()), 409
    demo.start_again()
    flash("Everything is as it was at the start")
    return redirect(url_for("home.start"), 303)


@blueprint.get("/rules/<id>")
@demo_only
def rule(id: str) -> ResponseReturnValue:
    """Shows one rule: its sentence, its source and what enforces it."""
    known = _demo().rule(id)
    if known is None:
        abort(404)
    return render_template("demo/rule.html", known=known)


def pages_of(demo: Demo) -> DemoPages:
    """Returns the pages of this demo, to be handed to the application."""
    return DemoPages(blueprint, sign_in=f"{blueprint.name}.{sign_in.__name__}", panel=demo)


def _demo() -> Demo:
    pages = here().demo
    if pages is None or not isinstance(pages.panel, Demo):
        raise LookupError("this is no demo")
    return pages.panel


def _about(school: School) -> str:
    return f"{school.name} (URN {school.urn}): {', '.join(_traits(school))}"


def _traits(school: School) -> list[str]:
    funding = " with section 41 funding" if school.section_41 else " without section 41 funding"
    types = {
        SchoolType.STATE_FUNDED: "state funded",
        SchoolType.INDEPENDENT: f"independent{funding}",
        SchoolType.NOT_ELIGIBLE: "not a type that can register ECTs",
    }
    is_open = school.status is SchoolStatus.OPEN
    return [
        types[school.type],
        *([] if is_open else [school.status.value.replace("_", " ")]),
        *([] if school.in_england else ["not in England"]),
    ]
