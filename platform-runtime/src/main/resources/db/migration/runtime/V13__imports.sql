-- Imports that are worked off in the background: claimed under a lease, resumed by any node. ------------------------------

CREATE TABLE import_job (
    tenant_id      uuid        NOT NULL,
    id             uuid        NOT NULL DEFAULT uuidv7(),
    object         text        COLLATE "C" NOT NULL,
    instruction    jsonb       NOT NULL,                  -- how its rows are imported, and their columns
    asker          jsonb       NOT NULL,                  -- who wants it; their rights are looked up when it is done
    status         text        COLLATE "C" NOT NULL DEFAULT 'storing'
        CHECK (status IN ('storing', 'pending', 'running', 'succeeded', 'failed', 'cancelled')),
    total          integer     NOT NULL DEFAULT 0,
    processed      integer     NOT NULL DEFAULT 0,
    created        integer     NOT NULL DEFAULT 0,
    updated        integer     NOT NULL DEFAULT 0,
    skipped        integer     NOT NULL DEFAULT 0,
    errors         integer     NOT NULL DEFAULT 0,
    error          text,
    created_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    started_at     timestamptz,
    completed_at   timestamptz,
    cancel_wanted  boolean     NOT NULL DEFAULT false,
    undo_asker     jsonb,                                 -- who wants it undone
    reverted_at    timestamptz,
    deleted        integer     NOT NULL DEFAULT 0,        -- what undoing has come to
    restored       integer     NOT NULL DEFAULT 0,
    undo_failed    integer     NOT NULL DEFAULT 0,
    lease          uuid,                                  -- by which the worker is known that has it
    lease_until    timestamptz,
    attempts       integer     NOT NULL DEFAULT 0,        -- begun since it last came forward
    PRIMARY KEY (tenant_id, id)
);

CREATE INDEX import_job_due ON import_job (created_at)
    WHERE status IN ('pending', 'running') OR undo_asker IS NOT NULL AND reverted_at IS NULL;

ALTER TABLE import_job ENABLE ROW LEVEL SECURITY;
CREATE POLICY every ON import_job TO ${worker} USING (true) WITH CHECK (true);

-- Rows that are still to be imported. --------------------------------------------------------------------------------------

CREATE TABLE import_chunk (
    tenant_id uuid    NOT NULL,
    job       uuid    NOT NULL,
    number    integer NOT NULL,
    rows      text    NOT NULL, -- JSON: a list of {number, cells}
    PRIMARY KEY (tenant_id, job, number)
);

ALTER TABLE import_chunk ENABLE ROW LEVEL SECURITY;
CREATE POLICY every ON import_chunk TO ${worker} USING (true) WITH CHECK (true);

-- What became of rows. Of a row that was written it says so in the transaction of the record, so that none is written twice. --

CREATE TABLE import_result (
    tenant_id  uuid    NOT NULL,
    job        uuid    NOT NULL,
    row        integer NOT NULL,
    action     text    COLLATE "C" NOT NULL,
    record     uuid,
    version    bigint,          -- of the record, as the row left it
    before     text,            -- JSON: values that the row has changed
    code       text,
    error      text,
    fields     text,            -- JSON: what is wrong with single fields
    undone     text    COLLATE "C" CHECK (undone IN ('done', 'failed')),
    undo_error text,
    PRIMARY KEY (tenant_id, job, row)
);

ALTER TABLE import_result ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON import_result TO ${app}
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
CREATE POLICY every ON import_result TO ${worker} USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON import_result TO ${app};
GRANT UPDATE (undone, undo_error) ON import_result TO ${app};
