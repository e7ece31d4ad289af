-- What administrators write while the server runs: every version of every item, over what plugins and folders bring ---------

CREATE SEQUENCE metadata_seq;

CREATE TABLE metadata_version (
    type         text        NOT NULL,
    name         text        NOT NULL,
    tenant_id    uuid        NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000', -- all zero: for all tenants
    version      integer     NOT NULL,           -- counts up for each item, drafts and deletions included
    seq          bigint      NOT NULL DEFAULT nextval('metadata_seq'), -- grows with each decision, so that nodes see what they miss
    state        text        NOT NULL CHECK (state IN ('draft', 'published', 'deleted', 'discarded')),
    base         integer     NOT NULL DEFAULT 0, -- the version that served when it was written
    content      text,                           -- YAML as it was written; null where the item was deleted
    comment      text,
    plan         text[]      NOT NULL DEFAULT '{}', -- what publishing it did to the tables, in words
    author       uuid,                           -- null: the platform itself
    author_name  text,
    created_at   timestamptz NOT NULL,
    published_at timestamptz,                    -- null for what never served
    published_by uuid,
    PRIMARY KEY (type, name, tenant_id, version)
);

CREATE UNIQUE INDEX metadata_version_seq ON metadata_version (seq);
CREATE UNIQUE INDEX metadata_version_draft ON metadata_version (type, name, tenant_id) WHERE state = 'draft';

-- What an administrator has given up with its values: it goes for good once no node works by the metadata of before.
CREATE TABLE schema_removal (
    object      text        NOT NULL,
    column_name text        NOT NULL, -- '' for the object as a whole
    due_at      timestamptz NOT NULL,
    PRIMARY KEY (object, column_name)
);
