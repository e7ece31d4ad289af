-- The outbox is emptied by routing alone; tries and errors belong to who is told, not to what happened. -------------

ALTER TABLE outbox
    DROP COLUMN attempts,
    DROP COLUMN next_attempt_at,
    DROP COLUMN last_error,
    ADD COLUMN version bigint NOT NULL DEFAULT 0;

-- Who is told. Kept here, and not in the memory of a node, so that a node that lacks a subscriber routes to it all the same.

CREATE TABLE event_subscriber (
    id      integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name    text        NOT NULL UNIQUE,
    objects text[]      NOT NULL, -- empty: every object
    actions text[]      NOT NULL, -- empty: every action
    seen_at timestamptz NOT NULL DEFAULT now()
);

ALTER TABLE event_subscriber ENABLE ROW LEVEL SECURITY;
CREATE POLICY every ON event_subscriber TO ${worker} USING (true) WITH CHECK (true);

-- One queue per subscriber and record, for as long as something waits in it: what is claimed, so what keeps order. ---

CREATE TABLE event_lane (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subscriber integer     NOT NULL,
    tenant_id  uuid        NOT NULL,
    object     text        NOT NULL,
    record_id  uuid        NOT NULL,
    -- Free: when the next event is to be tried. Claimed: when the lease ends and anybody may claim it again.
    due_at     timestamptz NOT NULL DEFAULT now(),
    claim      uuid,
    attempts   integer     NOT NULL DEFAULT 0, -- times that the first event has been claimed
    head       bigint,                         -- the event that the attempts are about, where it is known
    UNIQUE (subscriber, tenant_id, object, record_id)
);

CREATE INDEX event_lane_due ON event_lane (subscriber, due_at);

ALTER TABLE event_lane ENABLE ROW LEVEL SECURITY;
CREATE POLICY every ON event_lane TO ${worker} USING (true) WITH CHECK (true);

-- What waits in a lane: an event as one subscriber has yet to hear of it. Written once, deleted once. ----------------

CREATE TABLE event_delivery (
    lane        bigint      NOT NULL,
    event       bigint      NOT NULL, -- the event's id in the outbox
    action      text        NOT NULL,
    payload     jsonb       NOT NULL,
    version     bigint      NOT NULL,
    actor       uuid,
    origin      text        NOT NULL,
    occurred_at timestamptz NOT NULL,
    PRIMARY KEY (lane, event)
);

ALTER TABLE event_delivery ENABLE ROW LEVEL SECURITY;
CREATE POLICY every ON event_delivery TO ${worker} USING (true) WITH CHECK (true);

-- What was delivered, for as long as objectos.events.keep says; apart, so that claims never meet it. -----------------

CREATE TABLE event_finished (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subscriber  text        NOT NULL,
    event       bigint      NOT NULL,
    tenant_id   uuid        NOT NULL,
    object      text        NOT NULL,
    record_id   uuid        NOT NULL,
    action      text        NOT NULL,
    occurred_at timestamptz NOT NULL,
    finished_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX event_finished_at ON event_finished (finished_at);

ALTER TABLE event_finished ENABLE ROW LEVEL SECURITY;
CREATE POLICY every ON event_finished TO ${worker} USING (true) WITH CHECK (true);

-- What could not be delivered. ---------------------------------------------------------------------------------------

CREATE TABLE dead_letter (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subscriber  text        NOT NULL,
    event       bigint      NOT NULL,
    tenant_id   uuid        NOT NULL,
    object      text        NOT NULL,
    record_id   uuid        NOT NULL,
    action      text        NOT NULL,
    payload     jsonb       NOT NULL,
    version     bigint      NOT NULL,
    actor       uuid,
    origin      text        NOT NULL,
    occurred_at timestamptz NOT NULL,
    attempts    integer     NOT NULL,
    cause       text        NOT NULL,
    died_at     timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX dead_letter_tenant ON dead_letter (tenant_id, id);

ALTER TABLE dead_letter ENABLE ROW LEVEL SECURITY;
CREATE POLICY every ON dead_letter TO ${worker} USING (true) WITH CHECK (true);

-- Queues: many rows come and go, so vacuum by number of dead rows and not by share of the table. ---------------------

ALTER TABLE outbox SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000,
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 100000);
ALTER TABLE event_lane SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);
ALTER TABLE event_delivery SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);
