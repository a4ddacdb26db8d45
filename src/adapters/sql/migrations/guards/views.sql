-- What the guards of both databases look at. A blank line ends a statement.
-- The first: whose TRNs are one person's. Aliases are flat, so that one step leads to the end.
CREATE VIEW people AS
SELECT teachers.id AS teacher_id, coalesce(teacher_aliases.retained_trn, teachers.trn) AS person
FROM teachers LEFT JOIN teacher_aliases ON teacher_aliases.trn = teachers.trn;

-- Mentorships that lie outside the period of their ECT or mentor: there must be none.
CREATE VIEW mentorships_outside AS
SELECT mentorships.id, mentorships.ect_period_id, mentorships.mentor_period_id
FROM mentorships
JOIN ect_periods ON ect_periods.id = mentorships.ect_period_id
JOIN mentor_periods ON mentor_periods.id = mentorships.mentor_period_id
WHERE NOT mentorships.withdrawn AND (
    mentorships.started_on < ect_periods.started_on
    OR coalesce(mentorships.finished_on, '9999-12-31')
        > coalesce(ect_periods.finished_on, '9999-12-31')
    OR mentorships.started_on < mentor_periods.started_on
    OR coalesce(mentorships.finished_on, '9999-12-31')
        > coalesce(mentor_periods.finished_on, '9999-12-31')
);

-- Trainings that lie outside the period they belong to: there must be none.
CREATE VIEW trainings_outside AS
SELECT trainings.id, trainings.ect_period_id, trainings.mentor_period_id
FROM trainings
LEFT JOIN ect_periods ON ect_periods.id = trainings.ect_period_id
LEFT JOIN mentor_periods ON mentor_periods.id = trainings.mentor_period_id
WHERE NOT trainings.withdrawn AND (
    trainings.started_on < coalesce(ect_periods.started_on, mentor_periods.started_on)
    OR coalesce(trainings.finished_on, '9999-12-31')
        > coalesce(ect_periods.finished_on, mentor_periods.finished_on, '9999-12-31')
);

-- Who gives which address as theirs, and until when.
CREATE VIEW email_users AS
SELECT email_key, teacher_id, finished_on FROM ect_periods
UNION ALL
SELECT email_key, teacher_id, finished_on FROM mentor_periods;

-- Who may: the teacher who holds the claim, under every TRN of theirs.
CREATE VIEW email_holders AS
SELECT email_claims.email_key, theirs.teacher_id
FROM email_claims
JOIN people AS holder ON holder.teacher_id = email_claims.teacher_id
JOIN people AS theirs ON theirs.person = holder.person;
