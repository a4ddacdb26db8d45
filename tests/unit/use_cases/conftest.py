"""Somebody to leave."""

from __future__ import annotations

from uuid import uuid4

import pytest

from builders import a_mentor, a_mentorship, a_training, an_ect
from ect_registration.domain.people.training import TrainingId


@pytest.fixture
def mentor(service):
    """Joan, in training herself."""
    training = a_training(id=TrainingId(uuid4()))
    return service.has_mentor(a_mentor(trainings=(training,)))


@pytest.fixture
def ect(service, mentor):
    """Asha, in training, mentored by Joan."""
    return service.has_ect(an_ect(trainings=(a_training(),), mentorships=(a_mentorship(mentor),)))
