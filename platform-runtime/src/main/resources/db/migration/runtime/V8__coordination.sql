-- Queues of plugins: each message goes to one receiver, at least once. The worker's alone, as all of this. -----------------

CREATE TABLE queue_message (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    owner        text        COLLATE "C" NOT NULL, -- the plugin's id
    queue        text        COLLATE "C" NOT NULL,
    tenant_id    uuid        NOT NULL,             -- whom it is about
    body         bytea       NOT NULL,
    content_type text        NOT NULL,
    sender       text        NOT NULL,             -- a plugin's id
    sent_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- Free: when it may be received. Received: when it may be received again.
    due_at       timestamptz NOT NULL,
    receipt      uuid,                             -- by which its receiver is known
    attempts     integer     NOT NULL DEFAULT 0,   -- times that it was received
    last_error   text
);

CREATE INDEX queue_message_due ON queue_message (owner, queue, due_at, id);

ALTER TABLE queue_message ENABLE ROW LEVEL SECURITY;
CREATE POLICY every ON queue_message TO ${worker} USING (true) WITH CHECK (true);

-- Many rows come and go, so vacuum by number of dead rows and not by share of the table.
ALTER TABLE queue_message SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);

-- What was never acknowledged; numbers are those that it had in the queue. -------------------------------------------------

CREATE TABLE queue_dead_letter (
    id           bigint PRIMARY KEY,
    owner        text        COLLATE "C" NOT NULL,
    queue        text        COLLATE "C" NOT NULL,
    tenant_id    uuid        NOT NULL,
    body         bytea       NOT NULL,
    content_type text        NOT NULL,
    sender       text        NOT NULL,
    sent_at      timestamptz NOT NULL,
    attempts     integer     NOT NULL,
    cause        text        NOT NULL,
    died_at      timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX queue_dead_letter_queue ON queue_dead_letter (owner, queue, id);
CREATE INDEX queue_dead_letter_age ON queue_dead_letter (died_at);

ALTER TABLE queue_dead_letter ENABLE ROW LEVEL SECURITY;
CREATE POLICY every ON queue_dead_letter TO ${worker} USING (true) WITH CHECK (true);

-- Who else may send to a queue. --------------------------------------------------------------------------------------------

CREATE TABLE queue_sender (
    owner  text COLLATE "C" NOT NULL,
    queue  text COLLATE "C" NOT NULL,
    plugin text COLLATE "C" NOT NULL,
    PRIMARY KEY (owner, queue, plugin)
);

ALTER TABLE queue_sender ENABLE ROW LEVEL SECURITY;
CREATE POLICY every ON queue_sender TO ${worker} USING (true) WITH CHECK (true);

-- Locks over all nodes. A lock that is given back keeps its row for a while, so that its numbers go on growing. -------------

CREATE SEQUENCE named_lock_token;

CREATE TABLE named_lock (
    owner      text        COLLATE "C" NOT NULL,
    name       text        COLLATE "C" NOT NULL,
    token      bigint      NOT NULL, -- of the one who has it, or had it last
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (owner, name)
) WITH (fillfactor = 50);

ALTER TABLE named_lock ENABLE ROW LEVEL SECURITY;
CREATE POLICY every ON named_lock TO ${worker} USING (true) WITH CHECK (true);
