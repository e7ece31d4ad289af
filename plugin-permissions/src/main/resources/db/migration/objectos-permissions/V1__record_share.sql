-- Records that people have opened to others; read inside the statements that these others send. -----------------------

CREATE TABLE record_share (
    id         uuid        PRIMARY KEY DEFAULT uuidv7(),
    tenant_id  uuid        NOT NULL,
    object     text        NOT NULL,
    record_id  uuid        NOT NULL,
    grantee    text        COLLATE "C" NOT NULL, -- user:<id of the user's record> or role:<name>
    access     text        COLLATE "C" NOT NULL CHECK (access IN ('read', 'read_write', 'full')),
    granted_by uuid,
    granted_at timestamptz NOT NULL,
    expires_at timestamptz,
    UNIQUE (tenant_id, object, record_id, grantee)
);

ALTER TABLE record_share ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON record_share FOR SELECT TO ${app}
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
CREATE POLICY every ON record_share TO ${worker} USING (true) WITH CHECK (true);
GRANT SELECT ON record_share TO ${app};
GRANT SELECT, INSERT, UPDATE, DELETE ON record_share TO ${worker};
