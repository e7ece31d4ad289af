-- Requests that their callers may repeat under a key: what was answered, for a day. -----------------------------------

CREATE TABLE idempotency_key (
    tenant_id    uuid        NOT NULL,
    user_id      uuid        NOT NULL,
    key          text        COLLATE "C" NOT NULL,
    fingerprint  bytea       NOT NULL,           -- of the request: another one under the same key is refused
    attempt      uuid        NOT NULL,           -- who is at it, or was the last
    leased_until timestamptz NOT NULL,           -- moved on while somebody is at it
    status       integer,                        -- of the answer; null: there is none yet
    content_type text,
    location     text,
    etag         text,
    body         bytea,
    expires_at   timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, user_id, key)
);

CREATE INDEX idempotency_key_expiry ON idempotency_key (expires_at);
CREATE INDEX idempotency_key_attempt ON idempotency_key (attempt) WHERE status IS NULL;

ALTER TABLE idempotency_key ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON idempotency_key TO ${app}
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
CREATE POLICY every ON idempotency_key TO ${worker} USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_key TO ${app};

-- What such a request has done so far, written in the transactions that do it: a crash before the answer is kept costs
-- no second effect.

CREATE TABLE idempotent_effect (
    tenant_id uuid  NOT NULL,
    user_id   uuid  NOT NULL,
    key       text  COLLATE "C" NOT NULL,
    step      text  COLLATE "C" NOT NULL,        -- the how manieth write of the request, and which part of it
    effect    jsonb NOT NULL,                    -- {ids, created}
    PRIMARY KEY (tenant_id, user_id, key, step),
    FOREIGN KEY (tenant_id, user_id, key) REFERENCES idempotency_key ON DELETE CASCADE
);

ALTER TABLE idempotent_effect ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON idempotent_effect TO ${app}
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
CREATE POLICY every ON idempotent_effect TO ${worker} USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON idempotent_effect TO ${app};

-- Deleted records, for some days. A record lies here whole, by the names of its columns, and nowhere else. -------------

CREATE TABLE recycle_bin (
    tenant_id    uuid        NOT NULL,
    object       text        COLLATE "C" NOT NULL,
    record_id    uuid        NOT NULL,
    deletion     uuid        NOT NULL,           -- what was deleted together has one
    with_object  text        COLLATE "C",        -- the record that took it along; null: it was deleted by itself
    with_record  uuid,
    with_field   text        COLLATE "C",        -- by which field, the field's stable id
    row          jsonb       NOT NULL,
    deleted_at   timestamptz NOT NULL,
    deleted_by   uuid,
    PRIMARY KEY (tenant_id, object, record_id)
);

CREATE INDEX recycle_bin_deletion ON recycle_bin (tenant_id, deletion);
CREATE INDEX recycle_bin_age ON recycle_bin (deleted_at);

ALTER TABLE recycle_bin ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON recycle_bin TO ${app}
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
CREATE POLICY every ON recycle_bin TO ${worker} USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON recycle_bin TO ${app};

-- References that deletions have emptied, to be put back where a record comes back.

CREATE TABLE recycle_reference (
    tenant_id  uuid        NOT NULL,
    deletion   uuid        NOT NULL,
    target     uuid        NOT NULL,             -- the deleted record
    object     text        COLLATE "C" NOT NULL, -- of the record that referred to it
    record_id  uuid        NOT NULL,
    field      text        COLLATE "C" NOT NULL, -- the field's stable id
    deleted_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, deletion, target, object, record_id, field)
);

CREATE INDEX recycle_reference_age ON recycle_reference (deleted_at);

ALTER TABLE recycle_reference ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON recycle_reference TO ${app}
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
CREATE POLICY every ON recycle_reference TO ${worker} USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, DELETE ON recycle_reference TO ${app};
