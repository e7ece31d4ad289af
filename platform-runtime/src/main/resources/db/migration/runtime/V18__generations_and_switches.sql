-- A field whose type changes gets another column. Both hold its values, in step, until no node works with the one of before. ---

ALTER TABLE schema_column
    ADD COLUMN identity    text,                       -- the same for all columns of one field
    ADD COLUMN generation  integer NOT NULL DEFAULT 1, -- counts the field's types
    ADD COLUMN filled_from text;                       -- the column whose values are still to be taken over
UPDATE schema_column SET identity = name;
ALTER TABLE schema_column ALTER COLUMN identity SET NOT NULL;
CREATE INDEX schema_column_generation ON schema_column (object, identity) WHERE generation > 1;

-- What is to go for good goes once all nodes that live have looked at it and say that they do not use it.

CREATE SEQUENCE schema_removal_seq;
UPDATE schema_removal SET seq = nextval('schema_removal_seq');
DELETE FROM metadata_node; -- each says anew what it serves
ALTER TABLE metadata_node ADD COLUMN uses text[] NOT NULL DEFAULT '{}'; -- of what is to go; seq: the last removal it has looked at

-- Built-in plugins that administrators have switched on or off: for all nodes, from the next start of each. ---------------------

CREATE TABLE plugin_switch (
    plugin     text PRIMARY KEY,
    enabled    boolean     NOT NULL,
    decided_by uuid,                 -- null: the platform itself
    decided_at timestamptz NOT NULL
);
