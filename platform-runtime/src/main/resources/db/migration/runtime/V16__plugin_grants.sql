-- Secrets that administrators set for plugins, sealed with the server's key for one plugin and name. ---------------------------

CREATE TABLE plugin_secret (
    plugin text        NOT NULL,
    name   text        NOT NULL,
    sealed text        NOT NULL,
    set_by uuid,                 -- null: the platform itself
    set_at timestamptz NOT NULL,
    PRIMARY KEY (plugin, name)
);

-- Which decision about metadata each node serves. What was given up goes once all have gone on to the decision to give it up.

CREATE TABLE metadata_node (
    node    uuid PRIMARY KEY,
    seq     bigint      NOT NULL,
    since   timestamptz NOT NULL, -- it serves that one
    seen_at timestamptz NOT NULL
);

ALTER TABLE schema_removal ADD COLUMN seq bigint NOT NULL DEFAULT 0;
