-- Files: what is known of them. Their bytes are in a store beside the database. ----------------------------------------

CREATE TABLE file (
    tenant_id    uuid        NOT NULL,
    id           uuid        NOT NULL DEFAULT uuidv7(),
    name         text        NOT NULL,
    content_type text        NOT NULL,
    size         bigint      NOT NULL,            -- as announced, until the bytes are there
    sha256       bytea,
    blob         text,                            -- where in the store; null: the bytes are not there
    state        text        NOT NULL CHECK (state IN ('announced', 'stored', 'removed')),
    chunk_size   bigint,                          -- null: the bytes come at once
    uploaded_by  uuid,
    created_at   timestamptz NOT NULL DEFAULT now(),
    stored_at    timestamptz,
    checked_at   timestamptz NOT NULL DEFAULT now(), -- when it was last looked whether anybody holds it
    PRIMARY KEY (tenant_id, id)
);

CREATE INDEX file_check ON file (checked_at);

ALTER TABLE file ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON file TO ${app}
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
CREATE POLICY every ON file TO ${worker} USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON file TO ${app};

-- Records that were given a file, in the transaction that gave it. Whether one still holds it, the record alone knows.

CREATE TABLE file_use (
    tenant_id uuid NOT NULL,
    file_id   uuid NOT NULL,
    object    text COLLATE "C" NOT NULL,
    record_id uuid NOT NULL,
    field     text COLLATE "C" NOT NULL,          -- the field's stable id
    PRIMARY KEY (tenant_id, file_id, object, record_id, field),
    FOREIGN KEY (tenant_id, file_id) REFERENCES file ON DELETE CASCADE
);

ALTER TABLE file_use ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON file_use TO ${app}
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
CREATE POLICY every ON file_use TO ${worker} USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON file_use TO ${app};

-- Parts of a file that comes in parts, until it is whole.

CREATE TABLE file_part (
    tenant_id uuid    NOT NULL,
    file_id   uuid    NOT NULL,
    part      integer NOT NULL,
    size      bigint  NOT NULL,
    etag      text    NOT NULL,
    PRIMARY KEY (tenant_id, file_id, part),
    FOREIGN KEY (tenant_id, file_id) REFERENCES file ON DELETE CASCADE
);

ALTER TABLE file_part ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON file_part TO ${app}
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
CREATE POLICY every ON file_part TO ${worker} USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON file_part TO ${app};
