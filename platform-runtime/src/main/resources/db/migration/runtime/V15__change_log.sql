-- What was committed, in the order in which it became visible, for streams that go on where they stopped. Routing fills it,
-- one node at a time, and only while somebody follows. -----------------------------------------------------------------

CREATE TABLE change_log (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id   uuid        NOT NULL,
    object      text        NOT NULL,
    record_id   uuid        NOT NULL,
    action      text        NOT NULL,
    changes     jsonb       NOT NULL,
    version     bigint      NOT NULL,
    occurred_at timestamptz NOT NULL,
    kept_at     timestamptz NOT NULL DEFAULT now()
);

ALTER TABLE change_log ENABLE ROW LEVEL SECURITY;
CREATE POLICY every ON change_log TO ${worker} USING (true) WITH CHECK (true);
ALTER TABLE change_log SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000,
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 100000);

-- The position from which on nothing is missing. ------------------------------------------------------------------------

CREATE TABLE change_log_start (
    single   boolean PRIMARY KEY DEFAULT true CHECK (single),
    position bigint  NOT NULL
);

INSERT INTO change_log_start (position) VALUES (0);

ALTER TABLE change_log_start ENABLE ROW LEVEL SECURITY;
CREATE POLICY every ON change_log_start TO ${worker} USING (true) WITH CHECK (true);

-- The nodes that follow, and when each was last seen to. ----------------------------------------------------------------

CREATE TABLE change_follower (
    node    uuid PRIMARY KEY,
    seen_at timestamptz NOT NULL DEFAULT now()
);

ALTER TABLE change_follower ENABLE ROW LEVEL SECURITY;
CREATE POLICY every ON change_follower TO ${worker} USING (true) WITH CHECK (true);
