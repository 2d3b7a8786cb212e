-- Version 4. The deliveries of briefings to outputs.
CREATE TABLE delivery (
    briefing INTEGER NOT NULL REFERENCES briefing (key) ON DELETE CASCADE,
    output   TEXT NOT NULL,              -- the name of the output; never its address
    done     INTEGER,                    -- when it was completed, or given up after a part arrived; null if pending
    PRIMARY KEY (briefing, output)
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_waiting ON delivery (output, briefing) WHERE done IS NULL;

-- The parts of a pending delivery that have arrived; a briefing may be sent in several messages.
CREATE TABLE arrived (
    briefing INTEGER NOT NULL REFERENCES briefing (key) ON DELETE CASCADE,
    output   TEXT NOT NULL,
    part     TEXT NOT NULL,
    PRIMARY KEY (briefing, output, part)
) STRICT, WITHOUT ROWID;
