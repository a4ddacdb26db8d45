"""The table in docs/embedding.md of what each use case needs of a store is what they call."""

from __future__ import annotations

from datetime import date
from functools import wraps
from pathlib import Path

import attrs

from builders import (
    ECT_TRN,
    LEAD_PROVIDER,
    MENTOR_TRN,
    THIS_YEAR,
    TODAY,
    URN,
    a_partnership,
    a_school,
    a_trs_person,
    a_world,
)
from ect_registration import (
    Actor,
    Blocked,
    Extract,
    FileRow,
    GivenRow,
    MentorTrainingHistory,
    Ports,
    ReferenceKind,
    Successions,
    Trn,
    Urn,
    assign_mentor,
    change_ect_by,
    change_mentor_by,
    change_reference,
    check_ect,
    choose_mentor,
    ect_in_detail,
    everything_about,
    import_schools,
    list_ects,
    list_mentors,
    load_mentor_training,
    load_world,
    mentor_in_detail,
    move_school,
    move_some,
    page_of_ects,
    page_of_mentors,
    prepare_year,
    purge,
    register_ect,
    register_many,
    register_mentor,
    remove_mentor,
    report_ect_leaving,
    report_mentor_leaving,
    report_partnership,
    show_ect,
    undo_ect,
    undo_mentor,
    verify_history,
)
from ect_registration.testing import memory_ports
from unit.documents.recording import recorded

PAGE = Path(__file__).resolve().parents[3] / "docs" / "embedding.md"
BEGINS, ENDS = "<!-- what-each-use-case-needs -->\n\n", "\n\n<!-- /what-each-use-case-needs -->"
ACTOR = Actor("user-1", URN)
ECT = {
    "school": str(URN),
    "trn": ECT_TRN.digits,
    "date_of_birth": "1999-01-31",
    "email": "asha@example.org",
    "start_date": "2025-09-01",
    "working_pattern": "full_time",
    "appropriate_body": "Alpha Teaching School Hub",
    "programme": "provider_led",
    "lead_provider": LEAD_PROVIDER,
}
OTHER_ECT = ECT | {"trn": "3000001", "email": "other@example.org"}
MENTOR = {
    "school": str(URN),
    "trn": MENTOR_TRN.digits,
    "date_of_birth": "1979-05-17",
    "email": "joan@example.org",
}

OTHER_PERSON = a_trs_person(trn=Trn("3000001"), national_insurance_number=None)
THIRD_PERSON = a_trs_person(trn=Trn("3000002"), national_insurance_number=None)
WORLD = a_world(trs_people=(*a_world().trs_people, OTHER_PERSON, THIRD_PERSON))


def recording(use_case, ports, needs, *arguments, **options):
    """Run a use case, and note what it calls under its name."""
    calls = needs.setdefault(use_case.__name__, set())

    watched = attrs.evolve(
        ports,
        unit_of_work=recorded(ports.unit_of_work, calls),
        reading=recorded(ports.reading, calls),
    )
    return use_case(*arguments, watched, **options)


@attrs.define
class Service:
    """A store that is empty at first, and what the use cases called that ran on it."""

    ports: Ports = attrs.field(factory=lambda: memory_ports(WORLD, today=TODAY))
    needs: dict[str, set[str]] = attrs.field(factory=dict)

    def run(self, use_case, *arguments):
        """Run a use case, and note what it calls."""
        outcome = recording(use_case, self.ports, self.needs, *arguments)

        assert not isinstance(outcome, Blocked)
        return outcome

    def refuse(self, use_case, *arguments):
        """Run a use case that a rule refuses, and note what that calls besides."""
        outcome = recording(use_case, self.ports, self.needs, *arguments)

        assert isinstance(outcome, Blocked)


def needs_of_use_cases():
    """Return the methods of a store that each use case calls, refused registrations included."""
    service = Service()
    service.run(load_world, WORLD, "example")
    ect, mentor = registered_by(service)
    look_at_both(service, ect, mentor)
    change_both(service, ect, mentor)
    trained = [MentorTrainingHistory(MENTOR_TRN, early_roll_out=True)]
    service.run(load_mentor_training, trained, "example")
    year = GivenRow({"year": 2030, "open_for_registration": True})
    service.run(change_reference, ReferenceKind.ACADEMIC_YEARS, [year], "example")
    service.run(prepare_year, THIS_YEAR.plus(1))
    follow_schools(service)
    register_from_a_file(service)
    service.run(everything_about, ECT_TRN)
    service.run(verify_history)
    service.run(purge)
    return service.needs


def change_both(service, ect, mentor):
    """Change an answer of each, report each leaving, and undo what was registered by mistake."""
    at_school = {"school": str(URN)}
    part_time = at_school | {"working_pattern": "part_time"}
    service.run(change_ect_by, ect.id, part_time, "example")
    moved = at_school | {"email": "joan.cole@example.org"}
    service.run(change_mentor_by, mentor.id, moved, "example")
    service.run(report_ect_leaving, ect.id, date(2025, 12, 19), ACTOR)
    service.run(report_mentor_leaving, mentor.id, date(2025, 12, 19), ACTOR)
    service.run(remove_mentor, ect.id, None, ACTOR)
    service.run(undo_mentor, mentor.id, ACTOR)
    service.run(undo_ect, ect.id, ACTOR)


def register_from_a_file(service):
    """Give a file with a row of somebody new, and one that is refused."""
    third = ECT | {"trn": "3000002", "email": "third@example.org"}
    used = ECT | {"trn": "3000001", "email": ECT["email"]}
    rows = [
        FileRow(number, str(URN), document["trn"], document)
        for number, document in ((2, third), (3, used))
    ]

    @wraps(register_many)
    def registering(*given):
        return list(register_many(*given))

    results = service.run(registering, rows, "example")

    assert [result.word for result in results] == ["registered", "refused"]


def follow_schools(service):
    """Close two schools, of which one has a successor; nobody is registered at either."""
    closed, new = (a_school(urn=Urn(f"20000{n}"), name=f"School {n}") for n in (1, 2))
    schools = {each.urn: each for each in (closed, new)}
    extract = Extract(schools, frozenset({"name"}), Successions.of([]))

    def importing(given, user, ports):
        return import_schools(given, user, ports, lambda _: None)

    importing.__name__ = import_schools.__name__
    service.run(importing, extract, "example")
    service.run(move_school, closed.urn, new.urn, "example")
    service.run(move_some, [], new.urn, closed.urn, "example")


def registered_by(service):
    """Register two ECTs and their mentor; return the first ECT and the mentor."""
    service.run(check_ect, ECT)
    ect, other = (service.run(register_ect, each, "example").ect for each in (ECT, OTHER_ECT))
    for_ect = MENTOR | {"ect": str(ect.id)}
    mentor = service.run(register_mentor, for_ect, "example").mentor
    refuse_both(service, for_ect)
    service.run(report_partnership, a_partnership(), "example")
    service.run(choose_mentor, other.id, URN)
    assignment = {"school": str(URN), "ect": str(other.id), "mentor": str(mentor.id)}
    service.run(assign_mentor, assignment, "example")
    return ect, mentor


def refuse_both(service, mentor):
    """Try to register the ECT and the mentor again, and somebody with a wrong date of birth."""
    wrong = {"trn": "3000002", "date_of_birth": "1999-02-01"}
    number = {"national_insurance_number": "AB123456C"}
    for document in (ECT, ECT | wrong, ECT | wrong | number):
        service.refuse(register_ect, document, "example")
    for document in (mentor, mentor | {"replace": True}, mentor | wrong):
        service.refuse(register_mentor, document, "example")


def look_at_both(service, ect, mentor):
    """Ask for each list and each page of details."""
    service.run(list_ects, URN)
    service.run(show_ect, ect.id, URN)
    service.run(ect_in_detail, ect.id, URN)
    service.run(page_of_ects, ACTOR, "", None, 1)
    service.run(list_mentors, URN)
    service.run(page_of_mentors, URN, "", None, 1)
    service.run(mentor_in_detail, mentor.id, URN)


def table_of(needs):
    """Return a table for people: one row for each use case, its methods by part."""
    rows = ["| use case | calls |", "|---|---|"]
    for name, calls in needs.items():
        parts = {}
        for call in sorted(calls):
            part, _, method = call.partition(".")
            parts.setdefault(part, []).append(method)
        told = "; ".join(f"`{part}`: {', '.join(parts[part])}" for part in parts)
        rows.append(f"| `{name}` | {told} |")
    return "\n".join(rows)


def test_the_table_of_needs_is_what_use_cases_call():
    """An embedder who keeps to the table has written enough of a store."""
    written = PAGE.read_text("utf-8").partition(BEGINS)[2].partition(ENDS)[0]

    assert written == table_of(needs_of_use_cases())
