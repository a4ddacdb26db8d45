"""Reads world files: JSON in, a world in our words out, or the place of the first mistake."""

from adapters.world_file.parsing import parse

__all__ = ["parse"]
