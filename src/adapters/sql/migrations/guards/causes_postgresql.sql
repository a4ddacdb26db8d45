-- A withdrawn period overlaps none. The new constraint is there before the old one goes, and
-- takes its name.
ALTER TABLE ect_periods ADD CONSTRAINT ex_ect_periods_that_stand EXCLUDE USING gist (
    int8range(teacher_id, teacher_id, '[]') WITH &&,
    daterange(started_on, finished_on, '[]') WITH &&
) WHERE (NOT withdrawn);

ALTER TABLE ect_periods DROP CONSTRAINT ex_ect_periods_overlap;

ALTER TABLE ect_periods RENAME CONSTRAINT ex_ect_periods_that_stand TO ex_ect_periods_overlap;

ALTER TABLE mentor_periods ADD CONSTRAINT ex_mentor_periods_that_stand EXCLUDE USING gist (
    int8range(teacher_id, teacher_id, '[]') WITH &&,
    int8range(school_id, school_id, '[]') WITH &&,
    daterange(started_on, finished_on, '[]') WITH &&
) WHERE (NOT withdrawn);

ALTER TABLE mentor_periods DROP CONSTRAINT ex_mentor_periods_overlap;

ALTER TABLE mentor_periods
RENAME CONSTRAINT ex_mentor_periods_that_stand TO ex_mentor_periods_overlap;

-- A mentorship or training of a withdrawn period is withdrawn as well.
CREATE OR REPLACE VIEW mentorships_outside AS
SELECT mentorships.id, mentorships.ect_period_id, mentorships.mentor_period_id
FROM mentorships
JOIN ect_periods ON ect_periods.id = mentorships.ect_period_id
JOIN mentor_periods ON mentor_periods.id = mentorships.mentor_period_id
WHERE NOT mentorships.withdrawn AND (
    ect_periods.withdrawn
    OR mentor_periods.withdrawn
    OR mentorships.started_on < ect_periods.started_on
    OR coalesce(mentorships.finished_on, '9999-12-31')
        > coalesce(ect_periods.finished_on, '9999-12-31')
    OR mentorships.started_on < mentor_periods.started_on
    OR coalesce(mentorships.finished_on, '9999-12-31')
        > coalesce(mentor_periods.finished_on, '9999-12-31')
);

CREATE OR REPLACE VIEW trainings_outside AS
SELECT trainings.id, trainings.ect_period_id, trainings.mentor_period_id
FROM trainings
LEFT JOIN ect_periods ON ect_periods.id = trainings.ect_period_id
LEFT JOIN mentor_periods ON mentor_periods.id = trainings.mentor_period_id
WHERE NOT trainings.withdrawn AND (
    coalesce(ect_periods.withdrawn, mentor_periods.withdrawn)
    OR trainings.started_on < coalesce(ect_periods.started_on, mentor_periods.started_on)
    OR coalesce(trainings.finished_on, '9999-12-31')
        > coalesce(ect_periods.finished_on, mentor_periods.finished_on, '9999-12-31')
);

CREATE OR REPLACE VIEW email_users AS
SELECT email_key, teacher_id, finished_on FROM ect_periods WHERE NOT withdrawn
UNION ALL
SELECT email_key, teacher_id, finished_on FROM mentor_periods WHERE NOT withdrawn;

CREATE OR REPLACE TRIGGER ect_periods_keep_parts
AFTER UPDATE OF started_on, finished_on, withdrawn ON ect_periods
FOR EACH ROW EXECUTE FUNCTION check_ect_period_keeps_parts();

CREATE OR REPLACE TRIGGER mentor_periods_keep_parts
AFTER UPDATE OF started_on, finished_on, withdrawn ON mentor_periods
FOR EACH ROW EXECUTE FUNCTION check_mentor_period_keeps_parts();

CREATE OR REPLACE TRIGGER ect_periods_claim
AFTER INSERT OR UPDATE OF teacher_id, email_key, finished_on, withdrawn ON ect_periods
FOR EACH ROW WHEN (NEW.finished_on IS NULL AND NEW.email_key IS NOT NULL AND NOT NEW.withdrawn)
EXECUTE FUNCTION check_email_claimed();

CREATE OR REPLACE TRIGGER mentor_periods_claim
AFTER INSERT OR UPDATE OF teacher_id, email_key, finished_on, withdrawn ON mentor_periods
FOR EACH ROW WHEN (NEW.finished_on IS NULL AND NEW.email_key IS NOT NULL AND NOT NEW.withdrawn)
EXECUTE FUNCTION check_email_claimed();
