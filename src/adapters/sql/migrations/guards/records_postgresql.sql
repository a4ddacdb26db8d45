-- History is a table of its own again, so that its guard is made again.
CREATE TRIGGER history_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON history
FOR EACH STATEMENT EXECUTE FUNCTION check_history_untouched();

-- A line follows the newest of its chain, and becomes it. An UPDATE would look for the head first,
-- and what serialisable units look at keeps others from writing, at other schools too.
CREATE FUNCTION go_on_in_chain() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO history_heads AS head VALUES (NEW.chain, NEW.number, NEW.seal)
    ON CONFLICT (chain) DO UPDATE SET number = excluded.number, seal = excluded.seal
    WHERE head.number = excluded.number - 1;
    IF NOT FOUND THEN
        PERFORM refuse('history is chained');
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER history_chained AFTER INSERT ON history
FOR EACH ROW EXECUTE FUNCTION go_on_in_chain();

CREATE FUNCTION check_head_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.chain = OLD.chain AND NEW.number >= OLD.number THEN
            RETURN NEW;
        END IF;
    END IF;
    PERFORM refuse('history is chained');
    RETURN NULL;
END $$;

CREATE TRIGGER history_heads_go_on BEFORE UPDATE OR DELETE ON history_heads
FOR EACH ROW EXECUTE FUNCTION check_head_goes_on();

CREATE TRIGGER history_heads_stay BEFORE TRUNCATE ON history_heads
FOR EACH STATEMENT EXECUTE FUNCTION check_head_goes_on();
