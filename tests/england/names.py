"""Invented names of people and schools."""

from __future__ import annotations

from random import Random

_GIVEN = """
Ada Aisha Alan Amara Amir Anita Anna Asha Ben Bola Carys Chen Chloe Clara Dana Daniel David Dev
Ella
Elif Emma Eve Farah Faye George Gwen Hana Harriet Helen Hugo Ian Idris Imani Ines Iris Ivan Jack
Jade
James Jamila Jess Joan Kai Karim Kate Kemi Lara Lena Leo Liam Lily Lucy Maria Maya Mei Mina Mohsin
Nadia Naomi Nia Nina Noah Nora Olga Omar Oscar Owen Petra Priya Ravi Rhys Rosa Ruth Sadia Sam Sara
Simon Sofia Tariq Tess Tom Una Vera Victor Wanda Will Yara Yusuf Zara Zoe
"""
_BEGINNINGS = """
Ash Bar Brad Cald Carr Dun Elm Fair Grey Hal Hart Hol Kirk Lang Mar Nor Oak Pen Ray
"""
_ENDINGS = """
bourne by croft dale den field ford gate ham hurst ley low more ridge shaw ton well wick
"""
GIVEN, BEGINNINGS, ENDINGS = (text.split() for text in (_GIVEN, _BEGINNINGS, _ENDINGS))
KINDS = ("Primary School", "Academy", "High School", "Church School", "Community School")


def a_person(random: Random) -> str:
    """Given and family name; one in twelve family names is double."""
    family = _family(random)
    if random.random() < 1 / 12:
        family = f"{family}-{_family(random)}"
    return f"{random.choice(GIVEN)} {family}"


def a_school(random: Random) -> str:
    """Some place, and a kind of school."""
    return f"{_family(random)} {random.choice(KINDS)}"


def _family(random: Random) -> str:
    return random.choice(BEGINNINGS) + random.choice(ENDINGS)
