-- History is a table of its own again, so that its guards are made again.
CREATE TRIGGER history_not_updated BEFORE UPDATE ON history
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

CREATE TRIGGER history_not_deleted BEFORE DELETE ON history
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

-- INSERT OR REPLACE deletes without telling the trigger above.
CREATE TRIGGER history_not_replaced BEFORE INSERT ON history
WHEN EXISTS (SELECT 1 FROM history WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

-- A line follows the newest of its chain, and becomes it.
CREATE TRIGGER history_chained AFTER INSERT ON history
BEGIN
    SELECT RAISE(ABORT, 'history is chained') WHERE NOT EXISTS (
        SELECT 1 FROM history_heads WHERE chain = NEW.chain AND number = NEW.number - 1
    );
    UPDATE history_heads SET number = NEW.number, seal = NEW.seal WHERE chain = NEW.chain;
END;

CREATE TRIGGER history_heads_go_on BEFORE UPDATE ON history_heads
WHEN NEW.chain <> OLD.chain OR NEW.number < OLD.number
BEGIN SELECT RAISE(ABORT, 'history is chained'); END;

CREATE TRIGGER history_heads_stay BEFORE DELETE ON history_heads
BEGIN SELECT RAISE(ABORT, 'history is chained'); END;
