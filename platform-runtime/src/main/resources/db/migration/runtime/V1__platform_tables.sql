-- Tenants ----------------------------------------------------------------------------------------------------------

CREATE TABLE tenant (
    id         uuid PRIMARY KEY DEFAULT uuidv7(),
    slug       text        NOT NULL UNIQUE,
    name       text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

INSERT INTO tenant (id, slug, name) VALUES ('00000000-0000-7000-8000-000000000001', 'default', 'Default');

ALTER TABLE tenant ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON tenant FOR SELECT TO ${app}
    USING (id = nullif(current_setting('app.tenant', true), '')::uuid);
CREATE POLICY every ON tenant TO ${worker} USING (true) WITH CHECK (true);
GRANT SELECT ON tenant TO ${app};

-- Numbers without gaps ---------------------------------------------------------------------------------------------

CREATE TABLE counter (
    tenant_id uuid   NOT NULL,
    object    text   NOT NULL,
    field     text   NOT NULL, -- the field's stable id
    period    text   NOT NULL, -- '' where the format names no period
    value     bigint NOT NULL,
    PRIMARY KEY (tenant_id, object, field, period)
) WITH (fillfactor = 50);

ALTER TABLE counter ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON counter TO ${app}
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
CREATE POLICY every ON counter TO ${worker} USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON counter TO ${app};

-- What happened because of a change --------------------------------------------------------------------------------

CREATE TABLE outbox (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- Identity order is not commit order: streams resume by the transaction horizon.
    transaction_id  xid8        NOT NULL DEFAULT pg_current_xact_id(),
    tenant_id       uuid        NOT NULL,
    object          text        NOT NULL,
    record_id       uuid        NOT NULL,
    action          text        NOT NULL,
    payload         jsonb       NOT NULL DEFAULT '{}', -- {from?, to?}
    actor           uuid,
    origin          text        NOT NULL,
    occurred_at     timestamptz NOT NULL DEFAULT now(),
    attempts        integer     NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT now(),
    last_error      text
);

ALTER TABLE outbox ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON outbox FOR INSERT TO ${app}
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
CREATE POLICY every ON outbox TO ${worker} USING (true) WITH CHECK (true);
GRANT INSERT ON outbox TO ${app};

-- Which records came from seed data --------------------------------------------------------------------------------

CREATE TABLE seed_record (
    tenant_id uuid        NOT NULL,
    source    text        NOT NULL, -- plugin id and file
    object    text        NOT NULL,
    seed_key  text        NOT NULL,
    record_id uuid        NOT NULL,
    loaded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, source, object, seed_key)
);

ALTER TABLE seed_record ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON seed_record TO ${app}
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
CREATE POLICY every ON seed_record TO ${worker} USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON seed_record TO ${app};

-- What is published: the tables of the business objects as they stand ----------------------------------------------

CREATE TABLE schema_object (
    object     text PRIMARY KEY,
    table_name text    NOT NULL UNIQUE,
    global     boolean NOT NULL,
    retired_at timestamptz -- no longer in the catalog; the records are kept
);

CREATE TABLE schema_column (
    object     text    NOT NULL REFERENCES schema_object ON DELETE CASCADE,
    name       text    NOT NULL,
    field      text    NOT NULL, -- API name; changes with a rename
    type       text    NOT NULL,
    default_to text,             -- SQL expression
    position   integer NOT NULL,
    retired_at timestamptz,
    PRIMARY KEY (object, name)
);

CREATE TABLE schema_constraint (
    name       text PRIMARY KEY,
    object     text    NOT NULL REFERENCES schema_object ON DELETE CASCADE,
    kind       text    NOT NULL,
    fields     text[]  NOT NULL,
    definition text    NOT NULL,
    validated  boolean NOT NULL
);

CREATE TABLE schema_index (
    name       text PRIMARY KEY,
    object     text    NOT NULL REFERENCES schema_object ON DELETE CASCADE,
    kind       text    NOT NULL,
    fields     text[]  NOT NULL,
    definition text    NOT NULL,
    built      boolean NOT NULL -- false while it is being built beside running work
);

CREATE TABLE schema_publication (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    catalog_version bigint      NOT NULL,
    steps           integer     NOT NULL,
    started_at      timestamptz NOT NULL DEFAULT now(),
    finished_at     timestamptz,
    failure         text
);

CREATE TABLE schema_step (
    publication bigint  NOT NULL REFERENCES schema_publication ON DELETE CASCADE,
    position    integer NOT NULL,
    object      text    NOT NULL,
    description text    NOT NULL,
    finished_at timestamptz,
    PRIMARY KEY (publication, position)
);
