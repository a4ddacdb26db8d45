"""What the contract tests do to a store, which the library has beside its suite for stores."""

from ect_registration.testing.steps import *  # noqa: F403
