-- What people want to be told, and how: a row for all news, and one for each kind of news for which it is otherwise. -----

CREATE TABLE notification_preference (
    tenant_id uuid    NOT NULL,
    recipient uuid    NOT NULL,               -- a record of the object user
    kind      text    COLLATE "C" NOT NULL,   -- the type of notifications; '': all others
    enabled   boolean NOT NULL,
    in_app    boolean,                        -- null: as for all others
    email     boolean,
    PRIMARY KEY (tenant_id, recipient, kind)
);

ALTER TABLE notification_preference ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON notification_preference TO ${app}
    USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
CREATE POLICY every ON notification_preference TO ${worker} USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON notification_preference TO ${app};
