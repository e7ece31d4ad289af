-- What administrators have decided about plugins ---------------------------------------------------------------------------

-- Grows with each decision (installed, enabled, disabled, approved, removed), so that every node sees what it has missed.
ALTER TABLE plugin ADD COLUMN revision bigint NOT NULL DEFAULT 0;

-- Who has let a plugin have what it asks for. The latest one that is not withdrawn counts.
CREATE TABLE plugin_approval (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    plugin       text        NOT NULL,
    version      text        NOT NULL, -- the one that asked
    permissions  jsonb       NOT NULL, -- {network, files, objects, secrets}
    approved_by  uuid,                 -- null: the platform itself
    approved_at  timestamptz NOT NULL,
    withdrawn_at timestamptz           -- the plugin was removed
);

CREATE INDEX plugin_approval_plugin ON plugin_approval (plugin, id);

-- A newer version that asks for more than was approved; the one in "plugin" goes on until it is.
CREATE TABLE plugin_pending (
    id           text PRIMARY KEY REFERENCES plugin ON DELETE CASCADE,
    version      text        NOT NULL,
    origin       text        NOT NULL,
    digest       text        NOT NULL,
    package      bytea       NOT NULL,
    installed_by uuid,
    installed_at timestamptz NOT NULL DEFAULT now()
);

ALTER TABLE plugin_pending ALTER COLUMN package SET STORAGE EXTERNAL;
