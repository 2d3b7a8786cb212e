-- Version 4. Which briefing still has to reach which output, and how much of it arrived.
CREATE TABLE delivery (
    briefing INTEGER NOT NULL REFERENCES briefing (key) ON DELETE CASCADE,
    output   TEXT NOT NULL,              -- the name of the output; never its address
    done     INTEGER,                    -- when all of it had arrived or was given up; null while it is waiting
    PRIMARY KEY (briefing, output)
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_waiting ON delivery (output, briefing) WHERE done IS NULL;

-- The parts of a waiting briefing that arrived: a briefing may take several messages.
CREATE TABLE arrived (
    briefing INTEGER NOT NULL REFERENCES briefing (key) ON DELETE CASCADE,
    output   TEXT NOT NULL,
    part     TEXT NOT NULL,
    PRIMARY KEY (briefing, output, part)
) STRICT, WITHOUT ROWID;
