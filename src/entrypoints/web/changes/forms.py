"""The questions of changes."""

from __future__ import annotations

from entrypoints.web.forms.dates import DateParts
from entrypoints.web.forms.fields import Form


class LastDayForm(Form):
    """Asks for a last day. The rules check its range."""

    last_day = DateParts("What is their last day at your school?", what="the last day")


class MentorLastDayForm(Form):
    """Asks until when the present mentor supports an ECT."""

    last_day = DateParts("What is the mentor’s last day with this ECT?", what="the last day")


class ContinueForm(Form):
    """Asks nothing: the page says what will happen next."""
