-- What triggers have decided inside a change, written by the statement that makes it; collected into runs soon after. -------

CREATE TABLE platform.automation_note (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id   uuid        NOT NULL,
    object      text        NOT NULL,
    record_id   uuid        NOT NULL,
    action      text        NOT NULL,
    version     bigint      NOT NULL,
    occurred_at timestamptz NOT NULL,
    note        jsonb       NOT NULL,
    -- The change is what this action of a run has done; kept so that it is not done again.
    effect      text GENERATED ALWAYS AS (note ->> 'effect') STORED,
    collected   boolean     NOT NULL DEFAULT false
);
CREATE INDEX automation_note_record ON platform.automation_note (record_id);
CREATE INDEX automation_note_effect ON platform.automation_note (effect) WHERE effect IS NOT NULL;

ALTER TABLE platform.automation_note ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON platform.automation_note FOR INSERT TO ${app}
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
CREATE POLICY every ON platform.automation_note TO ${worker} USING (true) WITH CHECK (true);
GRANT INSERT ON platform.automation_note TO ${app};

-- Each time that a trigger has run, or should have. -----------------------------------------------------------------------

CREATE TABLE platform.automation_run (
    id            uuid PRIMARY KEY DEFAULT uuidv7(),
    tenant_id     uuid        NOT NULL,
    trigger_name  text        NOT NULL,
    object        text        NOT NULL,
    record_id     uuid        NOT NULL,
    action        text        NOT NULL, -- what happened to the record
    version       bigint      NOT NULL,
    actor         uuid,
    status        text        NOT NULL, -- pending, running, succeeded, failed
    error         text,
    final         boolean     NOT NULL DEFAULT false, -- another try would not help
    attempts      integer     NOT NULL DEFAULT 0,
    duration      bigint      NOT NULL DEFAULT 0, -- microseconds, of all tries together
    done          integer[]   NOT NULL DEFAULT '{}', -- positions of the actions that need not be done again
    changes       jsonb       NOT NULL DEFAULT '{}', -- {"field": {"from": …, "to": …}}
    chain         text[]      NOT NULL DEFAULT '{}', -- the triggers that led here, outermost first
    claimed_until timestamptz,
    occurred_at   timestamptz NOT NULL,
    finished_at   timestamptz
);
CREATE INDEX automation_run_tenant ON platform.automation_run (tenant_id, id DESC);
CREATE INDEX automation_run_record ON platform.automation_run (record_id);
CREATE INDEX automation_run_waiting ON platform.automation_run (occurred_at) WHERE status = 'pending';

ALTER TABLE platform.automation_run ENABLE ROW LEVEL SECURITY;
CREATE POLICY every ON platform.automation_run TO ${worker} USING (true) WITH CHECK (true);
