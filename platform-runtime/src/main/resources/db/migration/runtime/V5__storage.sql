-- What plugins keep beside records: values under keys, in namespaces of their own, for each tenant apart. -------------
-- The second wall is the tenant as everywhere, and the plugin: a request that has not said whose values it wants sees none.

CREATE SEQUENCE storage_revision;
GRANT USAGE ON SEQUENCE storage_revision TO ${app};

CREATE TABLE storage_entry (
    tenant_id    uuid        NOT NULL,
    owner        text        COLLATE "C" NOT NULL, -- the plugin's id
    namespace    text        COLLATE "C" NOT NULL,
    key          text        COLLATE "C" NOT NULL,
    value        bytea       NOT NULL,
    content_type text        NOT NULL,
    key_id       text,                             -- of the key that the value is encrypted with
    revision     bigint      NOT NULL,
    expires_at   timestamptz,
    updated_at   timestamptz NOT NULL,
    size         bigint      NOT NULL GENERATED ALWAYS AS (octet_length(key) + octet_length(value)) STORED,
    PRIMARY KEY (tenant_id, owner, namespace, key)
);

CREATE INDEX storage_entry_expiry ON storage_entry (expires_at) WHERE expires_at IS NOT NULL;

ALTER TABLE storage_entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON storage_entry TO ${app}
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
        AND owner = current_setting('app.storage_owner', true))
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
        AND owner = current_setting('app.storage_owner', true));
CREATE POLICY every ON storage_entry TO ${worker} USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON storage_entry TO ${app};

-- How much that is; changed in the transaction that changes an entry, after it. ---------------------------------------

CREATE TABLE storage_usage (
    tenant_id uuid   NOT NULL,
    owner     text   COLLATE "C" NOT NULL,
    bytes     bigint NOT NULL CHECK (bytes >= 0),
    entries   bigint NOT NULL CHECK (entries >= 0),
    PRIMARY KEY (tenant_id, owner)
) WITH (fillfactor = 50);

ALTER TABLE storage_usage ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON storage_usage TO ${app}
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
        AND owner = current_setting('app.storage_owner', true))
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
        AND owner = current_setting('app.storage_owner', true));
CREATE POLICY every ON storage_usage TO ${worker} USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON storage_usage TO ${app};

-- Namespaces that their owners share, in every tenant; the worker's alone. --------------------------------------------

CREATE TABLE storage_grant (
    owner     text COLLATE "C" NOT NULL,
    namespace text COLLATE "C" NOT NULL,
    plugin    text COLLATE "C" NOT NULL,
    access    text NOT NULL CHECK (access IN ('read', 'write')),
    PRIMARY KEY (owner, namespace, plugin)
);

ALTER TABLE storage_grant ENABLE ROW LEVEL SECURITY;
CREATE POLICY every ON storage_grant TO ${worker} USING (true) WITH CHECK (true);
