-- A withdrawn period overlaps none, and its mentorships and trainings are withdrawn as well.
DROP VIEW ect_periods_overlapping;

CREATE VIEW ect_periods_overlapping AS
SELECT one.id FROM ect_periods AS one
JOIN ect_periods AS other ON other.teacher_id = one.teacher_id AND other.id <> one.id
WHERE NOT one.withdrawn AND NOT other.withdrawn
AND other.started_on <= coalesce(one.finished_on, '9999-12-31')
AND one.started_on <= coalesce(other.finished_on, '9999-12-31');

DROP VIEW mentor_periods_overlapping;

CREATE VIEW mentor_periods_overlapping AS
SELECT one.id FROM mentor_periods AS one
JOIN mentor_periods AS other
ON other.teacher_id = one.teacher_id AND other.school_id = one.school_id AND other.id <> one.id
WHERE NOT one.withdrawn AND NOT other.withdrawn
AND other.started_on <= coalesce(one.finished_on, '9999-12-31')
AND one.started_on <= coalesce(other.finished_on, '9999-12-31');

DROP VIEW mentorships_outside;

CREATE VIEW mentorships_outside AS
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

DROP VIEW trainings_outside;

CREATE VIEW trainings_outside AS
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

DROP VIEW email_users;

CREATE VIEW email_users AS
SELECT email_key, teacher_id, finished_on FROM ect_periods WHERE NOT withdrawn
UNION ALL
SELECT email_key, teacher_id, finished_on FROM mentor_periods WHERE NOT withdrawn;

DROP TRIGGER ect_periods_overlap_on_update;

CREATE TRIGGER ect_periods_overlap_on_update
AFTER UPDATE OF id, teacher_id, started_on, finished_on, withdrawn ON ect_periods
WHEN EXISTS (SELECT 1 FROM ect_periods_overlapping WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'no two overlapping ECT periods of a teacher'); END;

DROP TRIGGER ect_periods_keep_mentorships;

CREATE TRIGGER ect_periods_keep_mentorships
AFTER UPDATE OF started_on, finished_on, withdrawn ON ect_periods
WHEN EXISTS (SELECT 1 FROM mentorships_outside WHERE ect_period_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'mentorship lies inside both periods'); END;

DROP TRIGGER ect_periods_keep_trainings;

CREATE TRIGGER ect_periods_keep_trainings
AFTER UPDATE OF started_on, finished_on, withdrawn ON ect_periods
WHEN EXISTS (SELECT 1 FROM trainings_outside WHERE ect_period_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'training lies inside its period'); END;

DROP TRIGGER ect_periods_claim_on_insert;

CREATE TRIGGER ect_periods_claim_on_insert BEFORE INSERT ON ect_periods
WHEN NEW.finished_on IS NULL AND NEW.email_key IS NOT NULL AND NOT NEW.withdrawn AND NOT EXISTS (
    SELECT 1 FROM email_holders
    WHERE email_key = NEW.email_key AND teacher_id = NEW.teacher_id
)
BEGIN SELECT RAISE(ABORT, 'one holder of an email address'); END;

DROP TRIGGER ect_periods_claim_on_update;

CREATE TRIGGER ect_periods_claim_on_update
BEFORE UPDATE OF teacher_id, email_key, finished_on, withdrawn ON ect_periods
WHEN NEW.finished_on IS NULL AND NEW.email_key IS NOT NULL AND NOT NEW.withdrawn AND NOT EXISTS (
    SELECT 1 FROM email_holders
    WHERE email_key = NEW.email_key AND teacher_id = NEW.teacher_id
)
BEGIN SELECT RAISE(ABORT, 'one holder of an email address'); END;

DROP TRIGGER mentor_periods_overlap_on_update;

CREATE TRIGGER mentor_periods_overlap_on_update
AFTER UPDATE OF id, teacher_id, school_id, started_on, finished_on, withdrawn ON mentor_periods
WHEN EXISTS (SELECT 1 FROM mentor_periods_overlapping WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'no two overlapping mentor periods of a teacher at a school'); END;

DROP TRIGGER mentor_periods_keep_mentorships;

CREATE TRIGGER mentor_periods_keep_mentorships
AFTER UPDATE OF started_on, finished_on, withdrawn ON mentor_periods
WHEN EXISTS (SELECT 1 FROM mentorships_outside WHERE mentor_period_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'mentorship lies inside both periods'); END;

DROP TRIGGER mentor_periods_keep_trainings;

CREATE TRIGGER mentor_periods_keep_trainings
AFTER UPDATE OF started_on, finished_on, withdrawn ON mentor_periods
WHEN EXISTS (SELECT 1 FROM trainings_outside WHERE mentor_period_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'training lies inside its period'); END;

DROP TRIGGER mentor_periods_claim_on_insert;

CREATE TRIGGER mentor_periods_claim_on_insert BEFORE INSERT ON mentor_periods
WHEN NEW.finished_on IS NULL AND NEW.email_key IS NOT NULL AND NOT NEW.withdrawn AND NOT EXISTS (
    SELECT 1 FROM email_holders
    WHERE email_key = NEW.email_key AND teacher_id = NEW.teacher_id
)
BEGIN SELECT RAISE(ABORT, 'one holder of an email address'); END;

DROP TRIGGER mentor_periods_claim_on_update;

CREATE TRIGGER mentor_periods_claim_on_update
BEFORE UPDATE OF teacher_id, email_key, finished_on, withdrawn ON mentor_periods
WHEN NEW.finished_on IS NULL AND NEW.email_key IS NOT NULL AND NOT NEW.withdrawn AND NOT EXISTS (
    SELECT 1 FROM email_holders
    WHERE email_key = NEW.email_key AND teacher_id = NEW.teacher_id
)
BEGIN SELECT RAISE(ABORT, 'one holder of an email address'); END;
