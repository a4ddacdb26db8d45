"""One email address, and the people who want it, which the suite for stores has."""

from ect_registration.testing.contract.addresses import *  # noqa: F403
