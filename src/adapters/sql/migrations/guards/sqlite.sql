-- SQLite has one writer at a time, so that what a trigger sees is what there is.
-- Each view of overlaps lists what must not be there, and the triggers after it keep it so.
CREATE VIEW ect_periods_overlapping AS
SELECT one.id FROM ect_periods AS one
JOIN ect_periods AS other ON other.teacher_id = one.teacher_id AND other.id <> one.id
WHERE other.started_on <= coalesce(one.finished_on, '9999-12-31')
AND one.started_on <= coalesce(other.finished_on, '9999-12-31');

CREATE TRIGGER ect_periods_overlap_on_insert AFTER INSERT ON ect_periods
WHEN EXISTS (SELECT 1 FROM ect_periods_overlapping WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'no two overlapping ECT periods of a teacher'); END;

CREATE TRIGGER ect_periods_overlap_on_update
AFTER UPDATE OF id, teacher_id, started_on, finished_on ON ect_periods
WHEN EXISTS (SELECT 1 FROM ect_periods_overlapping WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'no two overlapping ECT periods of a teacher'); END;

CREATE VIEW mentor_periods_overlapping AS
SELECT one.id FROM mentor_periods AS one
JOIN mentor_periods AS other
ON other.teacher_id = one.teacher_id AND other.school_id = one.school_id AND other.id <> one.id
WHERE other.started_on <= coalesce(one.finished_on, '9999-12-31')
AND one.started_on <= coalesce(other.finished_on, '9999-12-31');

CREATE TRIGGER mentor_periods_overlap_on_insert AFTER INSERT ON mentor_periods
WHEN EXISTS (SELECT 1 FROM mentor_periods_overlapping WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'no two overlapping mentor periods of a teacher at a school'); END;

CREATE TRIGGER mentor_periods_overlap_on_update
AFTER UPDATE OF id, teacher_id, school_id, started_on, finished_on ON mentor_periods
WHEN EXISTS (SELECT 1 FROM mentor_periods_overlapping WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'no two overlapping mentor periods of a teacher at a school'); END;

CREATE VIEW mentorships_overlapping AS
SELECT one.id FROM mentorships AS one
JOIN mentorships AS other ON other.ect_period_id = one.ect_period_id AND other.id <> one.id
WHERE NOT one.withdrawn AND NOT other.withdrawn
AND other.started_on <= coalesce(one.finished_on, '9999-12-31')
AND one.started_on <= coalesce(other.finished_on, '9999-12-31');

CREATE TRIGGER mentorships_overlap_on_insert AFTER INSERT ON mentorships
WHEN EXISTS (SELECT 1 FROM mentorships_overlapping WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'one mentor at a time per ECT'); END;

CREATE TRIGGER mentorships_overlap_on_update
AFTER UPDATE OF id, ect_period_id, started_on, finished_on, withdrawn ON mentorships
WHEN EXISTS (SELECT 1 FROM mentorships_overlapping WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'one mentor at a time per ECT'); END;

CREATE VIEW trainings_overlapping AS
SELECT one.id FROM trainings AS one
JOIN trainings AS other ON other.id <> one.id AND (
    other.ect_period_id = one.ect_period_id OR other.mentor_period_id = one.mentor_period_id
)
WHERE NOT one.withdrawn AND NOT other.withdrawn
AND other.started_on <= coalesce(one.finished_on, '9999-12-31')
AND one.started_on <= coalesce(other.finished_on, '9999-12-31');

CREATE TRIGGER trainings_overlap_on_insert AFTER INSERT ON trainings
WHEN EXISTS (SELECT 1 FROM trainings_overlapping WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'no two overlapping trainings'); END;

CREATE TRIGGER trainings_overlap_on_update
AFTER UPDATE OF id, ect_period_id, mentor_period_id, started_on, finished_on, withdrawn ON trainings
WHEN EXISTS (SELECT 1 FROM trainings_overlapping WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'no two overlapping trainings'); END;

-- Parts inside their periods, whichever of the two is written.
CREATE TRIGGER mentorships_inside_on_insert AFTER INSERT ON mentorships
WHEN EXISTS (SELECT 1 FROM mentorships_outside WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'mentorship lies inside both periods'); END;

CREATE TRIGGER mentorships_inside_on_update AFTER UPDATE ON mentorships
WHEN EXISTS (SELECT 1 FROM mentorships_outside WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'mentorship lies inside both periods'); END;

CREATE TRIGGER ect_periods_keep_mentorships AFTER UPDATE OF started_on, finished_on ON ect_periods
WHEN EXISTS (SELECT 1 FROM mentorships_outside WHERE ect_period_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'mentorship lies inside both periods'); END;

CREATE TRIGGER mentor_periods_keep_mentorships
AFTER UPDATE OF started_on, finished_on ON mentor_periods
WHEN EXISTS (SELECT 1 FROM mentorships_outside WHERE mentor_period_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'mentorship lies inside both periods'); END;

CREATE TRIGGER trainings_inside_on_insert AFTER INSERT ON trainings
WHEN EXISTS (SELECT 1 FROM trainings_outside WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'training lies inside its period'); END;

CREATE TRIGGER trainings_inside_on_update AFTER UPDATE ON trainings
WHEN EXISTS (SELECT 1 FROM trainings_outside WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'training lies inside its period'); END;

CREATE TRIGGER ect_periods_keep_trainings AFTER UPDATE OF started_on, finished_on ON ect_periods
WHEN EXISTS (SELECT 1 FROM trainings_outside WHERE ect_period_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'training lies inside its period'); END;

CREATE TRIGGER mentor_periods_keep_trainings
AFTER UPDATE OF started_on, finished_on ON mentor_periods
WHEN EXISTS (SELECT 1 FROM trainings_outside WHERE mentor_period_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'training lies inside its period'); END;

-- A claim is taken over only from a person who no longer uses the address.
CREATE TRIGGER email_claims_taken_over BEFORE UPDATE OF teacher_id ON email_claims
WHEN NOT EXISTS (
    SELECT 1 FROM email_holders
    WHERE email_key = OLD.email_key AND teacher_id = NEW.teacher_id
) AND EXISTS (
    SELECT 1 FROM email_users JOIN email_holders USING (email_key, teacher_id)
    WHERE email_users.email_key = OLD.email_key
    AND (email_users.finished_on IS NULL OR email_users.finished_on >= NEW.taken_on)
)
BEGIN SELECT RAISE(ABORT, 'one holder of an email address'); END;

CREATE TRIGGER email_claims_needed BEFORE DELETE ON email_claims
WHEN EXISTS (
    SELECT 1 FROM email_users WHERE email_key = OLD.email_key AND finished_on IS NULL
)
BEGIN SELECT RAISE(ABORT, 'one holder of an email address'); END;

CREATE TRIGGER email_claims_stay BEFORE UPDATE OF email_key ON email_claims
WHEN NEW.email_key <> OLD.email_key
BEGIN SELECT RAISE(ABORT, 'one holder of an email address'); END;

-- A period without a last day needs the claim.
CREATE TRIGGER ect_periods_claim_on_insert BEFORE INSERT ON ect_periods
WHEN NEW.finished_on IS NULL AND NOT EXISTS (
    SELECT 1 FROM email_holders
    WHERE email_key = NEW.email_key AND teacher_id = NEW.teacher_id
)
BEGIN SELECT RAISE(ABORT, 'one holder of an email address'); END;

CREATE TRIGGER ect_periods_claim_on_update
BEFORE UPDATE OF teacher_id, email_key, finished_on ON ect_periods
WHEN NEW.finished_on IS NULL AND NOT EXISTS (
    SELECT 1 FROM email_holders
    WHERE email_key = NEW.email_key AND teacher_id = NEW.teacher_id
)
BEGIN SELECT RAISE(ABORT, 'one holder of an email address'); END;

CREATE TRIGGER mentor_periods_claim_on_insert BEFORE INSERT ON mentor_periods
WHEN NEW.finished_on IS NULL AND NOT EXISTS (
    SELECT 1 FROM email_holders
    WHERE email_key = NEW.email_key AND teacher_id = NEW.teacher_id
)
BEGIN SELECT RAISE(ABORT, 'one holder of an email address'); END;

CREATE TRIGGER mentor_periods_claim_on_update
BEFORE UPDATE OF teacher_id, email_key, finished_on ON mentor_periods
WHEN NEW.finished_on IS NULL AND NOT EXISTS (
    SELECT 1 FROM email_holders
    WHERE email_key = NEW.email_key AND teacher_id = NEW.teacher_id
)
BEGIN SELECT RAISE(ABORT, 'one holder of an email address'); END;

CREATE TRIGGER history_not_updated BEFORE UPDATE ON history
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

CREATE TRIGGER history_not_deleted BEFORE DELETE ON history
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

-- INSERT OR REPLACE deletes without telling the trigger above.
CREATE TRIGGER history_not_replaced BEFORE INSERT ON history
WHEN EXISTS (SELECT 1 FROM history WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
