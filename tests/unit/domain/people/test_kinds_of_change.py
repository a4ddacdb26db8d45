"""Kinds of change in the history."""

from __future__ import annotations

import pytest

from ect_registration.domain.records.history import What


def test_a_kind_that_only_a_newer_version_knows_is_kept_as_it_is():
    """Two versions write to one database for a while; what is read is what was written."""
    newer = What("promoted")

    assert (newer, newer.value, newer in set(What)) == ("promoted", "promoted", False)
    assert What("ect-registered") is What.ECT_REGISTERED


def test_a_kind_of_change_is_a_word():
    """Nothing else is taken for one."""
    with pytest.raises(ValueError, match="3"):
        What(3)
