"""Gives tokens to the programs of lead providers, lets them in, and revokes tokens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import attrs

from ect_registration.domain.calendar import AcademicYear
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.lead_providers.tokens import Token, TokenId, a_year_from, hash_of
from ect_registration.domain.policy import LEAD_PROVIDER_REQUESTS
from ect_registration.domain.records.history import Change, What
from ect_registration.domain.rules.operating.organisations import name_meant_among
from ect_registration.domain.rules.outputs.lead_providers import LEAD_PROVIDER_SEES
from ect_registration.domain.school import Organisation, OrganisationKind
from ect_registration.ports.clock import day_in_london
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.lead_providers import Admission
from ect_registration.use_cases.transactions import Ports, transact

NO_SUCH_LEAD_PROVIDER = "Give the id or the name of a lead provider that we know"


@attrs.frozen
class TooMany:
    """The token was used for too many requests; ``seconds`` until it is accepted again."""

    seconds: int


def create_token(
    lead_provider: str, expires_on: date | None, secret: str, user: str, ports: Ports
) -> Token | Blocked:
    """Gives a lead provider a token with this secret, for a year unless said otherwise.

    The lead provider is named, or given by its id. Only the hash of the secret is kept. Raises
    Unavailable.
    """
    now = ports.clock.now()

    def work(uow: UnitOfWork) -> Token | Blocked:
        found = _lead_provider(lead_provider, uow)
        if found is None:
            return LEAD_PROVIDER_SEES.finds_invalid("lead_provider", NO_SUCH_LEAD_PROVIDER)
        token = Token(
            id=TokenId(ports.new_id()),
            lead_provider=found.name,
            secret_hash=hash_of(secret),
            created_at=now,
            expires_on=expires_on or a_year_from(day_in_london(now)),
        )
        uow.tokens.add(token)
        uow.history.add([_change(What.TOKEN_CREATED, token.id, user, ports)])
        uow.commit()
        return token

    return transact(ports, work)


def _lead_provider(given: str, uow: UnitOfWork) -> Organisation | None:
    every = uow.organisations.of_kind(OrganisationKind.LEAD_PROVIDER)
    named = name_meant_among(given, every)
    return next((each for each in every if given == str(each.id) or each.name == named), None)


def list_tokens(ports: Ports) -> Sequence[Token]:
    """Returns every token, newest first, revoked and expired ones included."""
    with ports.reading() as uow:
        return uow.tokens.all()


def lead_providers_without_token(ports: Ports) -> Sequence[str]:
    """Returns the lead providers that work this academic year and have no token to use today.

    They cannot read the people that schools choose them for. Raises Unavailable.
    """
    year, day = AcademicYear.containing(ports.clock.today()), day_in_london(ports.clock.now())
    with ports.reading() as uow:
        working = uow.offers.training_year(year).lead_providers
        reading = {token.lead_provider for token in uow.tokens.all() if token.is_accepted(day)}
    return sorted(working - reading)


def revoke_token(id: UUID, user: str, ports: Ports) -> bool:
    """Revokes a token at once; says whether it was there and not revoked. Raises Unavailable."""

    def work(uow: UnitOfWork) -> bool:
        revoked = uow.tokens.revoke(TokenId(id), ports.clock.now())
        if revoked:
            uow.history.add([_change(What.TOKEN_REVOKED, id, user, ports)])
            uow.commit()
        return revoked

    return transact(ports, work)


def admit(secret: str, ports: Ports) -> Admission | TooMany | None:
    """Returns the lead provider that a secret lets in, or None for an invalid secret.

    Limits, last use and expiry go by the real clock. Raises Unavailable.
    """
    limit, now = LEAD_PROVIDER_REQUESTS.value, ports.clock.now()

    def work(uow: UnitOfWork) -> Admission | None:
        admission = uow.tokens.admit(hash_of(secret), now, limit.window)
        uow.commit()
        return admission

    admission = transact(ports, work)
    if admission is None:
        return None
    if admission.requests > limit.attempts:
        return TooMany(_seconds_until(admission.window_began_at + limit.window, now))
    return admission


def _seconds_until(moment: datetime, now: datetime) -> int:
    return max(1, round((moment - now).total_seconds() + 0.5))


def _change(what: What, token: UUID, user: str, ports: Ports) -> Change:
    return Change(
        at=ports.clock.stamp(),
        actor=user,
        school=None,
        what=what,
        rules=(LEAD_PROVIDER_SEES.id,),
        about=token,
    )
