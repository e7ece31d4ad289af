-- How often people have run actions whose permissions limit that: one row for each person, action and length of period. --

CREATE TABLE action_run_count (
    tenant_id uuid        NOT NULL,
    user_id   uuid        NOT NULL,
    action    text        COLLATE "C" NOT NULL, -- the object's name, a dot, and the action's
    seconds   bigint      NOT NULL,             -- how long a period is
    runs      integer     NOT NULL,             -- within the current one
    ends_at   timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, user_id, action, seconds)
);

ALTER TABLE action_run_count ENABLE ROW LEVEL SECURITY;
CREATE POLICY every ON action_run_count TO ${worker} USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON action_run_count TO ${worker};
