"""What a school answers to questions about a record, beside what the record says already."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from functools import cached_property
from typing import Any


class Answers(ABC):
    """Answers by the name of their step; ``same-person`` stands beside ``name``."""

    given: Mapping[str, Any]

    @property
    @abstractmethod
    def now(self) -> Mapping[str, Any]:
        """What the record says."""

    @cached_property
    def changed(self) -> Mapping[str, Any]:
        """The answers that are not what the record says already."""
        steps = {step: given for step, given in self.given.items() if step != "same-person"}
        unknown = sorted(steps.keys() - self.now.keys())
        assert unknown == [], (
            "give these steps what the record says, in `now` of tests/unit/changing/"
            "ect_answers.py or mentor_model.py"
        )
        return {step: given for step, given in steps.items() if given != self.now[step]}

    def after(self, step: str) -> Any:
        """What the record would say."""
        return self.changed.get(step, self.now[step])
