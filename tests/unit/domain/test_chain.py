from __future__ import annotations

import attrs
import pytest

from builders import ECT_TRN, NOW, URN, a_change
from ect_registration.domain.records.history import What
from ect_registration.domain.records.history_chain import (
    Head,
    Link,
    chain_of,
    fault_in,
    line_of,
    sealed,
)


def a_chain(length):
    """So many changes, sealed, and the head."""
    head, links = Head(), []
    for number in range(1, length + 1):
        line = line_of(a_change(actor=f"user-{number}"))
        head = sealed(head, line)
        links.append(Link(number, head.seal, line))
    return links, head


def test_a_chain_is_a_schools_or_that_of_no_school():
    """By URN."""
    assert (chain_of(URN), chain_of(None)) == ("100001", "none")


def test_a_line_is_text_from_the_moment_to_what_became_of_it():
    """To the letter: seals that were made long ago still have to hold."""
    change = a_change(at=NOW, rules=("history",), before={"name": "Zoë"}, after={"year": 2025})
    nobody = a_change(at=NOW, school=None, trn=None, about=None, what=What.BROUGHT_IN)

    assert line_of(change) == (
        NOW.isoformat(timespec="microseconds"),
        "user-1",
        "100001",
        "ect-registered",
        '["history"]',
        ECT_TRN.digits,
        "00000000000040008000000000000001",
        '{"name": "Zo\\u00eb"}',
        '{"year": 2025}',
    )
    assert line_of(nobody)[2:7:3] == (None, None)


def test_a_seal_is_the_same_for_ever():
    """What was sealed by one version of the program is verified by the next."""
    first = sealed(Head(), ("a", None))

    assert first == Head(1, "e019b9036687d59ae978f45620d0244344fb5d3c4fd21cad19807ee9ea2328c6")
    assert (
        sealed(first, ("a", None)).seal
        == "da42b2861e59451192036910a6c84beab47b8a3b491e13438cc965ac7e1ffde1"
    )


@pytest.mark.parametrize("length", [0, 1, 3])
def test_a_chain_as_it_was_written_has_no_fault(length):
    """However long it is."""
    links, head = a_chain(length)

    assert fault_in(links, head) is None


SPOILT = {
    "the first removed": (lambda links: links[1:], "line 1 is missing"),
    "the middle removed": (lambda links: [links[0], links[2]], "line 2 is missing"),
    "the newest removed": (lambda links: links[:2], "line 3 is missing"),
    "all removed": (lambda _: [], "line 1 is missing"),
    "the first changed": (lambda links: [_changed(links[0]), *links[1:]], "line 1 was changed"),
    "the newest changed": (lambda links: [*links[:2], _changed(links[2])], "line 3 was changed"),
    "the newest changed and sealed": (
        lambda links: [*links[:2], _forged(links[1], links[2])],
        "line 3 was changed",
    ),
    "two exchanged": (
        lambda links: [_numbered(links[1], 1), _numbered(links[0], 2), links[2]],
        "line 1 was changed",
    ),
    "one twice": (lambda links: [*links, links[2]], "line 3 was put in"),
    "one before the first": (
        lambda links: [_numbered(links[0], 0), *links],
        "line 0 was put in",
    ),
    "one after the newest": (
        lambda links: [*links, _forged(links[2], _numbered(links[2], 4))],
        "line 4 was put in",
    ),
    "unreadable": (
        lambda links: [attrs.evolve(links[0], line=(b"\xff", 7)), *links[1:]],
        "line 1 was changed",
    ),
}


def _changed(link):
    return attrs.evolve(link, line=("another", *link.line[1:]))


def _numbered(link, number):
    return attrs.evolve(link, number=number)


def _forged(before, link):
    """Changed by somebody who knows how seals are made."""
    head = sealed(Head(before.number, before.seal), _changed(link).line)
    return Link(link.number, head.seal, _changed(link).line)


@pytest.mark.parametrize(("spoil", "fault"), SPOILT.values(), ids=SPOILT)
def test_whatever_is_done_to_a_line_is_noticed(spoil, fault):
    """The first place where the chain is not what was written."""
    links, head = a_chain(3)

    assert fault_in(spoil(links), head) == fault


@pytest.mark.parametrize(
    ("head", "fault"),
    [
        (lambda _: None, "its head is missing"),
        (lambda head: Head(head.number, "0" * 64), "line 3 was changed"),
        (lambda head: Head(head.number - 1, head.seal), "line 3 was put in"),
        (lambda head: Head(head.number + 1, head.seal), "line 4 is missing"),
    ],
)
def test_a_head_that_is_not_the_newest_line_is_noticed(head, fault):
    """It goes as far as the chain, and no further."""
    links, newest = a_chain(3)

    assert fault_in(links, head(newest)) == fault
