-- What people are told of inside the platform. Written by the worker alone; requests read, and note what was read. ----

CREATE TABLE notification (
    tenant_id  uuid        NOT NULL,
    id         uuid        NOT NULL DEFAULT uuidv7(),
    recipient  uuid        NOT NULL,                -- a record of the object user
    key        text        COLLATE "C" NOT NULL,    -- the same whenever the same is told again
    type       text        NOT NULL,
    title      text        NOT NULL,
    body       text,
    link       text,
    created_at timestamptz NOT NULL DEFAULT now(),
    read_at    timestamptz,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, recipient, key)
);

-- A person's own, newest first: ids are in the order of time.
CREATE INDEX notification_recipient ON notification (tenant_id, recipient, id DESC);
CREATE INDEX notification_unread ON notification (tenant_id, recipient) WHERE read_at IS NULL;

ALTER TABLE notification ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON notification TO ${app}
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
CREATE POLICY every ON notification TO ${worker} USING (true) WITH CHECK (true);
GRANT SELECT ON notification TO ${app};
GRANT UPDATE (read_at) ON notification TO ${app};
