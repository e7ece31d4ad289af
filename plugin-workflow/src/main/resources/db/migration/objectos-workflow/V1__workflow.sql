-- The definitions that records run by, each version as it was last published. ---------------------------------------

CREATE TABLE workflow_definition (
    name         text        COLLATE "C" NOT NULL,
    version      integer     NOT NULL,
    object       text        NOT NULL,
    content      jsonb       NOT NULL,
    published_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (name, version)
);

ALTER TABLE workflow_definition ENABLE ROW LEVEL SECURITY;
CREATE POLICY every ON workflow_definition TO ${worker} USING (true) WITH CHECK (true);

-- Which version a record began by; written in the statement that creates the record. ---------------------------------

CREATE TABLE workflow_instance (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id  uuid        NOT NULL,
    object     text        NOT NULL,
    record_id  uuid        NOT NULL,
    started_at timestamptz NOT NULL,
    entry      jsonb       NOT NULL -- {workflow, version, effects}
);

CREATE INDEX workflow_instance_record ON workflow_instance (tenant_id, object, record_id);

ALTER TABLE workflow_instance ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON workflow_instance FOR INSERT TO ${app}
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
CREATE POLICY every ON workflow_instance TO ${worker} USING (true) WITH CHECK (true);
GRANT INSERT ON workflow_instance TO ${app};

-- Which transitions a record took; written in the statement that changes the record. ---------------------------------

CREATE TABLE workflow_history (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id      uuid        NOT NULL,
    object         text        NOT NULL,
    record_id      uuid        NOT NULL,
    record_version bigint      NOT NULL,
    at             timestamptz NOT NULL,
    actor          uuid,
    entry          jsonb       NOT NULL -- {workflow, version, transition, from, to, comment?, effects}
);

CREATE INDEX workflow_history_record ON workflow_history (tenant_id, object, record_id, id);

ALTER TABLE workflow_history ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON workflow_history FOR INSERT TO ${app}
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
CREATE POLICY every ON workflow_history TO ${worker} USING (true) WITH CHECK (true);
GRANT INSERT ON workflow_history TO ${app};
