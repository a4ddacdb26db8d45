from __future__ import annotations

from datetime import UTC, date, timedelta

import attrs
import pytest

from builders import ECT_TRN, URN, a_trs_person
from ect_registration.domain.attempts import Attempted
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.people.teacher import NoMatch
from ect_registration.domain.policy import DOWNLOADS, SIGN_INS
from ect_registration.domain.rules.identifying.identity import TRS_UNAVAILABLE
from ect_registration.domain.rules.identifying.limits import TOO_MANY_ATTEMPTS
from ect_registration.domain.values import NationalInsuranceNumber, Trn
from ect_registration.ports.errors import Unavailable
from ect_registration.use_cases.journeys.teacher_search import (
    search_by_number_on_a_page,
    search_on_a_page,
)
from ect_registration.use_cases.signing_in.limits import count, purge_attempts
from ect_registration.use_cases.transactions import Actor
from unit.use_cases.service import ACTOR

BORN_ON, WRONG = date(1999, 1, 31), date(1998, 1, 31)
NUMBER, WRONG_NUMBER = NationalInsuranceNumber("AB123456C"), NationalInsuranceNumber("AB123456D")
UNKNOWN = Trn("7654321")


@pytest.fixture
def trs(service):
    """Knows the ECT, and counts who asks."""
    service.trs_now_says(a_trs_person())
    return service.records


def somebody(name):
    """Another user of the school."""
    return Actor(name, URN)


def search(service, trn=ECT_TRN, born_on=WRONG, actor=ACTOR):
    """What TRS said, or the rule that stood in the way."""
    return _told(search_on_a_page(service.ports, actor, trn, born_on))


def by_number(service, number, trn=ECT_TRN, actor=ACTOR):
    """The same by National Insurance number."""
    return _told(search_by_number_on_a_page(service.ports, actor, trn, number))


def _told(found):
    return found.rule if isinstance(found, Blocked) else found.answer


def trns(count):
    """Nobody has these."""
    return [Trn(f"765{number:04}") for number in range(count)]


def test_a_user_has_ten_wrong_facts_in_a_quarter_of_an_hour(service, trs):
    """The next is not asked of TRS, right or wrong, until the first is a quarter old."""
    for trn in trns(10):
        assert search(service, trn) is NoMatch.TRN_NOT_FOUND
    barred = [search(service, ECT_TRN, born_on) for born_on in (WRONG, BORN_ON)]
    service.clock.wait(minutes=14, seconds=59)
    still = search(service, ECT_TRN, BORN_ON)
    service.clock.wait(seconds=1)

    assert [*barred, still] == [TOO_MANY_ATTEMPTS] * 3
    assert len(trs.asked) == 10
    assert search(service, ECT_TRN, BORN_ON).trn == ECT_TRN


def test_a_trn_has_six_wrong_facts_in_an_hour(service, trs):
    """Whoever they come from, by date of birth and by number alike."""
    for user in range(3):
        assert search(service, actor=somebody(f"user-{user}")) is NoMatch.DATE_OF_BIRTH_DIFFERS
        found = by_number(service, WRONG_NUMBER, actor=somebody(f"user-{user}"))
        assert found is NoMatch.DETAILS_DO_NOT_MATCH
    barred = [search(service, born_on=BORN_ON), by_number(service, NUMBER)]
    service.clock.wait(minutes=60)

    assert barred == [TOO_MANY_ATTEMPTS] * 2
    assert len(trs.asked) == 6
    assert search(service, born_on=BORN_ON).trn == ECT_TRN


def test_others_go_on_about_other_trns(service, trs):
    """One user's limit is nobody else's, and one TRN's no other's."""
    for _ in range(6):
        search(service)

    assert search(service, UNKNOWN) is NoMatch.TRN_NOT_FOUND
    assert search(service, UNKNOWN, actor=somebody("user-2")) is NoMatch.TRN_NOT_FOUND


def test_a_proof_removes_that_users_wrong_facts_on_the_trn(service, trs):
    """From both counts; those of others stay, and so do theirs on other TRNs."""
    for _ in range(3):
        search(service)
        search(service, actor=somebody("user-2"))
        service.clock.wait(minutes=10)
        by_number(service, NUMBER)
    left = [search(service, actor=somebody(f"user-{number}")) for number in range(3, 7)]

    assert left == [NoMatch.DATE_OF_BIRTH_DIFFERS] * 3 + [TOO_MANY_ATTEMPTS]


def test_what_trs_did_not_answer_is_no_wrong_fact(service):
    """However often it is out of reach."""

    class OutOfReach:
        def by_date_of_birth(self, *_):
            raise Unavailable("TRS")

        by_national_insurance_number = by_date_of_birth

    service.records = OutOfReach()
    service.ports = attrs.evolve(service.ports, teacher_records=service.records)
    found = {search(service) for _ in range(8)} | {by_number(service, NUMBER) for _ in range(8)}

    assert found == {TRS_UNAVAILABLE}


def test_what_is_under_way_counts_already(service, trs):
    """Else many at once would all pass the limit."""
    for _ in range(5):
        search(service)
    within = []
    trs.meanwhile = lambda: within.append(search(service, actor=somebody("user-2")))
    found = search(service, born_on=BORN_ON)

    assert (within, found.trn) == ([TOO_MANY_ATTEMPTS], ECT_TRN)


@pytest.mark.parametrize(
    ("what", "limit"), [(Attempted.SIGN_IN, SIGN_INS.value), (Attempted.DOWNLOAD, DOWNLOADS.value)]
)
def test_anything_else_is_counted_by_whose_it_is(service, what, limit):
    """Blocked when there were too many; another's are another matter."""
    allowed = [count(what, "one", service.ports) for _ in range(limit.attempts)]
    barred = count(what, "one", service.ports)
    other = count(what, "other", service.ports)
    service.clock.wait(minutes=15)

    assert allowed == [None] * limit.attempts
    assert (barred.rule, other) == (TOO_MANY_ATTEMPTS, None)
    assert count(what, "one", service.ports) is None


def test_attempts_that_count_no_more_are_purged(service, trs):
    """An hour later; again, there is nothing to do."""
    search(service)
    count(Attempted.SIGN_IN, "one", service.ports)
    service.clock.wait(minutes=30)
    search(service)
    service.clock.moment += timedelta(minutes=30)

    assert [purge_attempts(service.ports) for _ in range(2)] == [2, 0]


OLD = Trn("0000007")


@pytest.fixture
def merged(service):
    """TRS has merged one TRN into the ECT's, which nobody here has seen yet."""
    service.trs_now_says(
        a_trs_person(), a_trs_person(trn=OLD, state="merged", merged_into=ECT_TRN)
    )
    return service.records


@pytest.mark.parametrize("first", [OLD, ECT_TRN], ids=["the old one", "the retained one"])
def test_a_person_with_two_trns_has_six_wrong_facts_in_all(service, merged, first):
    """Whichever is tried first, by whom and by what: the seventh is told nothing."""
    second = ECT_TRN if first == OLD else OLD
    tried = [search(service, first, actor=somebody(f"user-{n}")) for n in range(6)]
    others = [search(service, second, born_on=BORN_ON, actor=somebody("user-7"))]
    others += [by_number(service, number, second) for number in (NUMBER, WRONG_NUMBER)]

    assert tried == [NoMatch.DATE_OF_BIRTH_DIFFERS] * 6
    assert others == [TOO_MANY_ATTEMPTS] * 3


def test_three_each_are_six(service, merged):
    """What was counted apart adds up once TRS has shown the merge."""
    told = [search(service, trn) for trn in (ECT_TRN, OLD) * 4]

    assert told == [NoMatch.DATE_OF_BIRTH_DIFFERS] * 6 + [TOO_MANY_ATTEMPTS] * 2


def test_what_is_withheld_does_not_count(service, merged):
    """Waiting helps, and the user's own count has room."""
    for _ in range(6):
        search(service, actor=somebody("user-2"))
    for _ in range(12):
        search(service, OLD)
    service.clock.wait(minutes=60)

    assert search(service, OLD, born_on=BORN_ON).trn == ECT_TRN


def test_a_proof_under_one_trn_makes_room_under_both(service, merged):
    """The user's entries for the person, from both counts."""
    for trn in (ECT_TRN, OLD, ECT_TRN):
        search(service, trn)
    search(service, OLD, born_on=BORN_ON)

    assert [search(service, trn) for trn in (OLD, ECT_TRN) * 3] == [
        NoMatch.DATE_OF_BIRTH_DIFFERS
    ] * 6


def test_a_merge_that_is_learnt_meanwhile_counts_what_is_under_way(service, merged):
    """Six are under way on the retained TRN when the first answer about the old one comes."""

    def meanwhile():
        under_way.extend(search(service, actor=somebody(f"user-{n}")) for n in range(6))

    under_way = []
    merged.meanwhile = meanwhile
    found = search(service, OLD, actor=somebody("user-9"))

    assert (found, under_way) == (TOO_MANY_ATTEMPTS, [NoMatch.DATE_OF_BIRTH_DIFFERS] * 6)


def test_a_proof_of_somebody_else_meanwhile_is_not_undone(service, merged):
    """What it has removed from the count stays removed."""
    merged.meanwhile = lambda: search(service, OLD, born_on=BORN_ON)
    search(service, OLD)

    assert search(service, OLD) is NoMatch.DATE_OF_BIRTH_DIFFERS
    assert (
        service.do(
            lambda uow: len(uow.attempts.on(OLD, service.clock.now().min.replace(tzinfo=UTC)))
        )
        == 1
    )
