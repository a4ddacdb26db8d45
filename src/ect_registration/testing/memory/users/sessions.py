"""Who is signed in, in memory."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

import attrs

from ect_registration.domain.sessions import Session, SessionId
from ect_registration.ports.errors import Conflict
from ect_registration.testing.memory.guarantees import must_be_known_if_given
from ect_registration.testing.memory.state import State, Work


@attrs.frozen
class MemorySessions:
    """Sessions by key, and names by user."""

    _work: Work

    def add(self, session: Session) -> None:
        """Adds a session. Raises Conflict when the key or the id is taken."""
        with self._work.writing() as state:
            if session.key in state.sessions or session.id in _ids(state):
                raise Conflict("the key of another session")
            must_be_known_if_given("school", session.school and session.school.urn, state.schools)
            state.sessions[session.key] = session
            state.user_names[session.user] = session.name
            state.user_addresses[session.user] = session.email

    def find(self, key: str) -> Session | None:
        """Returns a session, expired or not, with the school as it is now."""
        found = self._work.state.sessions.get(key)
        return found and self._as_now(found)

    def everybody(self) -> Sequence[Session]:
        """Returns every session, latest use first."""
        found = map(self._as_now, self._work.state.sessions.values())
        return sorted(found, key=lambda session: session.used_at, reverse=True)

    def _as_now(self, session: Session) -> Session:
        """Returns the session with the present names of the user and the school."""
        state = self._work.state
        school = session.school and state.schools[session.school.urn]
        return attrs.evolve(session, name=state.user_names[session.user], school=school)

    def use(self, key: str, moment: datetime) -> None:
        """Sets the last use, never earlier than another use."""
        with self._work.writing() as state:
            found = state.sessions.get(key)
            if found is not None and found.used_at < moment:
                state.sessions[key] = attrs.evolve(found, used_at=moment)

    def remove(self, id: SessionId) -> bool:
        """Removes a session and says whether it was there."""
        return self._remove(lambda session: session.id == id) == 1

    def remove_over(self, used: datetime, begun: datetime) -> int:
        """Removes sessions last used, or begun, at these moments or before."""
        return self._remove(lambda session: session.used_at <= used or session.begun_at <= begun)

    def _remove(self, which: Callable[[Session], bool]) -> int:
        with self._work.writing() as state:
            gone = [key for key, session in state.sessions.items() if which(session)]
            for key in gone:
                del state.sessions[key]
            return len(gone)

    def names(self, users: Collection[str]) -> Mapping[str, str]:
        """Returns the names of the users who have ever signed in."""
        names = self._work.state.user_names
        return {user: names[user] for user in users if user in names}


def _ids(state: State) -> Collection[SessionId]:
    return {session.id for session in state.sessions.values()}
