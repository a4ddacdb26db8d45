"""Plain examples, which the library has so that the suite for stores can use them as well."""

from ect_registration.testing.examples import *  # noqa: F403
