"""Signing in with DfE Sign-in, and signing out."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ect_registration.domain.attempts import Attempted
from ect_registration.domain.sessions import Session
from ect_registration.ports.errors import Rejected, Unavailable
from ect_registration.ports.sign_in import NotSignedIn, SignIn
from ect_registration.use_cases.signing_in.limits import count
from ect_registration.use_cases.signing_in.sign_in import admit
from entrypoints.web.information.home import home_address
from entrypoints.web.platform import access
from entrypoints.web.platform.access import (
    access_denied,
    for_whoever_is_signed_in,
    open_to_everybody,
)
from entrypoints.web.platform.context import current_ports, here
from entrypoints.web.platform.errors import TRY_AGAIN_AFTER, too_many_attempts
from entrypoints.web.platform.outages import log_outage
from entrypoints.web.platform.requests.own_address import TO, came_elsewhere, signing_in_at_home
from entrypoints.web.platform.sessions import (
    LONGEST_ADDRESS,
    begin_session,
    current_session,
    end_session,
    forget_page,
    is_ours,
    page_asked_for,
    page_remembered,
    remember_page,
    switch_school,
)
from entrypoints.web.signing_in import attempts
from entrypoints.web.signing_in.again import EXPIRED, begin_again, goes_round
from entrypoints.web.signing_in.attempts import UnderWay

TROUBLE = {"server_error", "temporarily_unavailable"}  # of DfE Sign-in

blueprint = Blueprint("signing_in", __name__)


@blueprint.get("/sign-in")
@open_to_everybody
def sign_in() -> ResponseReturnValue:
    """Redirects to DfE Sign-in. It is a GET, because our policy forbids forms to other sites."""
    page = _page_wanted()
    if access.signed_in() is not None:
        return redirect(page or home_address())
    provider = here().sign_in
    if provider is None:
        return render_template("system/no_sign_in.html")
    if came_elsewhere():
        return redirect(signing_in_at_home(page))
    if goes_round():
        return _not_signed_in()
    try:
        address, attempt = provider.begin()
    except Unavailable as trouble:
        return _out_of_reach(trouble)
    attempts.keep(attempt, page)
    return redirect(address)


def _page_wanted() -> str:
    """Returns the page in the address, or the last page that the user asked for."""
    brought = request.args.get(TO, "")
    ours = is_ours(brought) and len(brought) <= LONGEST_ADDRESS
    return brought if ours else page_remembered()


@blueprint.get("/sign-in/callback")
@open_to_everybody
def callback() -> ResponseReturnValue:
    """Takes the answer of DfE Sign-in, once, in the browser and tab that began to sign in.

    An answer to an unknown attempt uses up no other attempt.
    """
    provider, under_way = here().sign_in, attempts.take(request.args.get("state", ""))
    if under_way is not None:
        remember_page(under_way.page)
    error = request.args.get("error")
    if provider is not None and error in EXPIRED:
        return _begin_again()
    if provider is None or under_way is None:
        return _not_signed_in()
    try:
        if error in TROUBLE:
            raise Unavailable("DfE Sign-in", f"it answered with the error {error}")
        return _let_in(provider, under_way)
    except NotSignedIn:
        return _not_signed_in()
    except Rejected:  # by our own database: another page is for that
        raise
    except Unavailable as trouble:
        return _out_of_reach(trouble)


def _begin_again() -> ResponseReturnValue:
    """Begins again, unless another tab has signed in or this browser began too often."""
    address = None if access.signed_in() is not None else begin_again()
    return _not_signed_in() if address is None else redirect(address)


def _let_in(provider: SignIn, under_way: UnderWay) -> ResponseReturnValue:
    """Signs the user in: with several schools they choose one, with none they are told why."""
    person = provider.finish(under_way.attempt, request.args)
    barred = count(Attempted.SIGN_IN, person.user, current_ports())
    if barred is not None:
        return too_many_attempts(barred, url_for("signing_in.sign_in"))
    admission = admit(person, provider, current_ports())
    former = current_session()
    begun = begin_session(person, admission.schools, admission.why_not)
    forget_page()
    remember_page(under_way.page)
    session = _as_before(former, begun)
    if admission.replaced:
        return redirect(url_for("schools.replaced", school=admission.replaced[0].school))
    return redirect(_first_page(session))


def _as_before(former: Session | None, begun: Session) -> Session:
    """Switches to the school chosen in another tab meanwhile, if it is still theirs."""
    if former is None or former.user != begun.user or former.school is None:
        return begun
    if begun.school is not None or former.school.urn not in begun.schools:
        return begun
    return switch_school(former.school.urn) or begun


def _first_page(begun: Session) -> str:
    if begun.school is not None:
        return page_asked_for(home_address())
    return url_for("schools.choose" if begun.schools else "signing_in.denied")


@blueprint.get("/access-denied")
@for_whoever_is_signed_in
def denied() -> ResponseReturnValue:
    """Shows why a user has no access."""
    found = current_session()
    if found is None or found.schools:
        return redirect(home_address())
    return access_denied(found)


@blueprint.post("/sign-out")
@open_to_everybody
def sign_out() -> ResponseReturnValue:
    """Ends the session here, then at DfE Sign-in.

    That takes a page: our policy would stop the answer to a form from leading to another site.
    """
    former, provider = end_session(), here().sign_in
    if former is not None and provider is not None:
        try:
            address = provider.sign_out_address(former.proof)
        except Unavailable as trouble:
            log_outage(trouble)
            address = None
        if address is not None:
            page = render_template("signing_in/signing_out.html", address=address)
            return page, {"Refresh": f"0; url={address}"}
    return redirect(url_for("signing_in.signed_out"), 303)


@blueprint.get("/signed-out")
@open_to_everybody
def signed_out() -> ResponseReturnValue:
    """Shows that the user is signed out."""
    if access.signed_in() is not None:
        return redirect(home_address())
    return render_template("system/signed_out.html")


def _not_signed_in() -> ResponseReturnValue:
    """Shows that signing in failed: it was refused, or the answer is old or used."""
    if access.signed_in() is not None:
        return redirect(page_asked_for(home_address()))
    return render_template("signing_in/not_signed_in.html"), 400


def _out_of_reach(trouble: Unavailable) -> ResponseReturnValue:
    log_outage(trouble)
    page = render_template("signing_in/out_of_reach.html")
    return page, 503, {"Retry-After": TRY_AGAIN_AFTER}
