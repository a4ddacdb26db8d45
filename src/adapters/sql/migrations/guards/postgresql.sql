-- What guards another row locks it, so that two transactions cannot both look and then write.
-- A range of one number stands for equality, which spares an extension (btree_gist).
ALTER TABLE ect_periods ADD CONSTRAINT ex_ect_periods_overlap EXCLUDE USING gist (
    int8range(teacher_id, teacher_id, '[]') WITH &&,
    daterange(started_on, finished_on, '[]') WITH &&
);

ALTER TABLE mentor_periods ADD CONSTRAINT ex_mentor_periods_overlap EXCLUDE USING gist (
    int8range(teacher_id, teacher_id, '[]') WITH &&,
    int8range(school_id, school_id, '[]') WITH &&,
    daterange(started_on, finished_on, '[]') WITH &&
);

ALTER TABLE mentorships ADD CONSTRAINT ex_mentorships_overlap EXCLUDE USING gist (
    int8range(ect_period_id, ect_period_id, '[]') WITH &&,
    daterange(started_on, finished_on, '[]') WITH &&
) WHERE (NOT withdrawn);

ALTER TABLE trainings ADD CONSTRAINT ex_trainings_overlap_of_ect EXCLUDE USING gist (
    int8range(ect_period_id, ect_period_id, '[]') WITH &&,
    daterange(started_on, finished_on, '[]') WITH &&
) WHERE (NOT withdrawn AND ect_period_id IS NOT NULL);

ALTER TABLE trainings ADD CONSTRAINT ex_trainings_overlap_of_mentor EXCLUDE USING gist (
    int8range(mentor_period_id, mentor_period_id, '[]') WITH &&,
    daterange(started_on, finished_on, '[]') WITH &&
) WHERE (NOT withdrawn AND mentor_period_id IS NOT NULL);

CREATE FUNCTION refuse(guarantee text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = 'integrity_constraint_violation', MESSAGE = guarantee, CONSTRAINT = guarantee;
END $$;

-- Parts inside their periods, whichever of the two is written.
CREATE FUNCTION check_mentorship_inside() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM ect_periods WHERE id = NEW.ect_period_id FOR SHARE;
    PERFORM FROM mentor_periods WHERE id = NEW.mentor_period_id FOR SHARE;
    IF EXISTS (SELECT FROM mentorships_outside WHERE id = NEW.id) THEN
        PERFORM refuse('mentorship lies inside both periods');
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER mentorships_inside AFTER INSERT OR UPDATE ON mentorships
FOR EACH ROW WHEN (NOT NEW.withdrawn) EXECUTE FUNCTION check_mentorship_inside();

CREATE FUNCTION check_training_inside() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM ect_periods WHERE id = NEW.ect_period_id FOR SHARE;
    PERFORM FROM mentor_periods WHERE id = NEW.mentor_period_id FOR SHARE;
    IF EXISTS (SELECT FROM trainings_outside WHERE id = NEW.id) THEN
        PERFORM refuse('training lies inside its period');
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER trainings_inside AFTER INSERT OR UPDATE ON trainings
FOR EACH ROW WHEN (NOT NEW.withdrawn) EXECUTE FUNCTION check_training_inside();

CREATE FUNCTION check_ect_period_keeps_parts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM mentorships_outside WHERE ect_period_id = NEW.id) THEN
        PERFORM refuse('mentorship lies inside both periods');
    END IF;
    IF EXISTS (SELECT FROM trainings_outside WHERE ect_period_id = NEW.id) THEN
        PERFORM refuse('training lies inside its period');
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER ect_periods_keep_parts AFTER UPDATE OF started_on, finished_on ON ect_periods
FOR EACH ROW EXECUTE FUNCTION check_ect_period_keeps_parts();

CREATE FUNCTION check_mentor_period_keeps_parts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM mentorships_outside WHERE mentor_period_id = NEW.id) THEN
        PERFORM refuse('mentorship lies inside both periods');
    END IF;
    IF EXISTS (SELECT FROM trainings_outside WHERE mentor_period_id = NEW.id) THEN
        PERFORM refuse('training lies inside its period');
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER mentor_periods_keep_parts AFTER UPDATE OF started_on, finished_on ON mentor_periods
FOR EACH ROW EXECUTE FUNCTION check_mentor_period_keeps_parts();

-- A claim is taken over only from a person who no longer uses the address. The row is locked here:
-- PostgreSQL locks what it updates or deletes before it asks.
CREATE FUNCTION check_claim_may_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.email_key <> OLD.email_key THEN
        PERFORM refuse('one holder of an email address');
    END IF;
    IF NOT EXISTS (
        SELECT FROM email_holders
        WHERE email_key = OLD.email_key AND teacher_id = NEW.teacher_id
    ) AND EXISTS (
        SELECT FROM email_users JOIN email_holders USING (email_key, teacher_id)
        WHERE email_key = OLD.email_key
        AND (finished_on IS NULL OR finished_on >= NEW.taken_on)
    ) THEN
        PERFORM refuse('one holder of an email address');
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER email_claims_taken_over BEFORE UPDATE ON email_claims
FOR EACH ROW EXECUTE FUNCTION check_claim_may_change();

CREATE FUNCTION check_claim_not_needed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM email_users WHERE email_key = OLD.email_key AND finished_on IS NULL)
    THEN
        PERFORM refuse('one holder of an email address');
    END IF;
    RETURN OLD;
END $$;

CREATE TRIGGER email_claims_needed BEFORE DELETE ON email_claims
FOR EACH ROW EXECUTE FUNCTION check_claim_not_needed();

-- A period without a last day needs the claim.
CREATE FUNCTION check_email_claimed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM email_claims WHERE email_key = NEW.email_key FOR SHARE;
    IF NOT EXISTS (
        SELECT FROM email_holders
        WHERE email_key = NEW.email_key AND teacher_id = NEW.teacher_id
    ) THEN
        PERFORM refuse('one holder of an email address');
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER ect_periods_claim AFTER INSERT OR UPDATE OF teacher_id, email_key, finished_on
ON ect_periods
FOR EACH ROW WHEN (NEW.finished_on IS NULL) EXECUTE FUNCTION check_email_claimed();

CREATE TRIGGER mentor_periods_claim AFTER INSERT OR UPDATE OF teacher_id, email_key, finished_on
ON mentor_periods
FOR EACH ROW WHEN (NEW.finished_on IS NULL) EXECUTE FUNCTION check_email_claimed();

CREATE FUNCTION check_history_untouched() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM refuse('history is append-only');
    RETURN NULL;
END $$;

CREATE TRIGGER history_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON history
FOR EACH STATEMENT EXECUTE FUNCTION check_history_untouched();
