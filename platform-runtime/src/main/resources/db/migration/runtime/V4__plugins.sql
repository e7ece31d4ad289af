-- Plugins that were added while the server ran, or found in its folder of plugins ----------------------------------------

CREATE TABLE plugin (
    id               text PRIMARY KEY,
    version          text        NOT NULL,
    state            text        NOT NULL, -- the last one reached
    wanted           boolean     NOT NULL, -- whether it is to run
    greeted          boolean     NOT NULL, -- whether its code has been told that it is installed
    reason           text        NOT NULL DEFAULT '', -- why it does not run although it is wanted
    origin           text        NOT NULL, -- name of the file that it came in
    digest           text        NOT NULL, -- SHA-256 of the package; '' for a folder
    package          bytea,                -- every node opens these bytes; null for a folder, and once uninstalled
    previous_version text,
    installed_by     uuid,
    installed_at     timestamptz NOT NULL DEFAULT now()
);

-- A package is compressed already.
ALTER TABLE plugin ALTER COLUMN package SET STORAGE EXTERNAL;
