-- Alerts that were raised, each once: what was found, whom to tell, and whether they have been told. ------------------------

CREATE TABLE audit_alert (
    id             uuid        PRIMARY KEY DEFAULT uuidv7(),
    tenant_id      uuid        NOT NULL, -- all zeros: of no tenant
    object         text        NOT NULL, -- whose permissions ask for it
    event          text        NOT NULL,
    threshold      integer     NOT NULL,
    window_minutes integer     NOT NULL,
    found          bigint      NOT NULL, -- within the window
    people         integer     NOT NULL, -- who did it
    notify         text[]      NOT NULL, -- roles, ids, addresses, user names
    raised_at      timestamptz NOT NULL,
    tries          integer     NOT NULL DEFAULT 0,
    next_try       timestamptz NOT NULL,
    done_at        timestamptz           -- null: somebody is yet to be told
);

CREATE INDEX audit_alert_raised ON audit_alert (tenant_id, object, event, raised_at DESC);
CREATE INDEX audit_alert_open ON audit_alert (next_try) WHERE done_at IS NULL;

ALTER TABLE audit_alert ENABLE ROW LEVEL SECURITY;
CREATE POLICY every ON audit_alert TO ${worker} USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON audit_alert TO ${worker};
