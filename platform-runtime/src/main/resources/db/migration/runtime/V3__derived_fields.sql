-- Stored fields that the platform computes, and how far their values have been computed for the records that exist --------

CREATE TABLE derived_field (
    object      text    NOT NULL,
    field       text    NOT NULL, -- the field's stable id
    definition  text    NOT NULL, -- what the values are computed by
    generation  bigint  NOT NULL, -- how often they have become stale: who computes an earlier one has nothing more to say
    complete    boolean NOT NULL,
    last_tenant uuid,             -- the last record that is done; null: none yet, or not counted by record
    last_record uuid,
    failure     text,
    PRIMARY KEY (object, field)
);
