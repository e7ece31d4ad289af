-- Which store has the bytes of a file; those of before are on disk.

ALTER TABLE file ADD COLUMN store text NOT NULL DEFAULT 'disk';
ALTER TABLE file ALTER COLUMN store DROP DEFAULT;

CREATE INDEX file_store ON file (store, id);

-- What the files of a tenant take up, counted by the statements that change them; those announced count, those removed do not.

CREATE TABLE file_usage (
    tenant_id uuid   PRIMARY KEY,
    files     bigint NOT NULL CHECK (files >= 0),
    bytes     bigint NOT NULL CHECK (bytes >= 0)
) WITH (fillfactor = 50);

INSERT INTO file_usage (tenant_id, files, bytes)
SELECT tenant_id, count(*), sum(size) FROM file WHERE state <> 'removed' GROUP BY tenant_id;

ALTER TABLE file_usage ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON file_usage TO ${app}
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
CREATE POLICY every ON file_usage TO ${worker} USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON file_usage TO ${app};

-- By what stores outside of the database know whose they are.

CREATE TABLE installation (
    id uuid PRIMARY KEY DEFAULT uuidv7()
);

CREATE UNIQUE INDEX installation_one ON installation ((true));

INSERT INTO installation DEFAULT VALUES;
