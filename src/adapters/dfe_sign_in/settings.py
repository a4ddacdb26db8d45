"""Says how to reach DfE Sign-in, and as which client."""

from __future__ import annotations

import attrs

LIMIT = 3.0  # seconds that one question may take
ROLE = "registerECTsAccess"  # the code of the role, as DfE Sign-in has it


@attrs.frozen
class DfeSignInSettings:
    """Holds the settings of one service, in one environment of DfE Sign-in."""

    issuer: str
    client_id: str
    client_secret: str = attrs.field(repr=False)
    api_url: str
    api_secret: str = attrs.field(repr=False)
    service_id: str
    base_url: str  # of this service: where they send people back to
    role: str = ROLE
    limit: float = LIMIT

    @property
    def callback(self) -> str:
        """Returns where users come back to after signing in; DfE Sign-in has to know it."""
        return f"{self.base_url}/sign-in/callback"

    @property
    def after_sign_out(self) -> str:
        """Returns where users come back to after signing out; DfE Sign-in has to know it."""
        return f"{self.base_url}/signed-out"
