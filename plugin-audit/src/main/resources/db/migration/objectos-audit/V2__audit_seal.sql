-- What proves the trail: committed entries in batches, chained for each tenant, and signed checkpoints over the batches. Nobody
-- but the owner of the database can change any of it, and whoever does is found out. ----------------------------------------

CREATE TABLE audit_checkpoint (
    number    bigint PRIMARY KEY,
    horizon   xid8        NOT NULL, -- every entry of an earlier transaction is in a batch of this checkpoint or of one before
    sealed_at timestamptz NOT NULL,
    entries   bigint      NOT NULL,
    previous  bytea       NOT NULL,
    hash      bytea       NOT NULL,
    key_id    text        NOT NULL,
    signature bytea       NOT NULL
);

CREATE TABLE audit_batch (
    tenant_id  uuid        NOT NULL,
    number     bigint      NOT NULL,
    checkpoint bigint      NOT NULL,
    since      xid8        NOT NULL, -- of the tenant's entries those of transactions from here
    horizon    xid8        NOT NULL, -- to before here
    strangers  uuid[]      NOT NULL, -- entries that were not written by the platform
    previous   bytea       NOT NULL,
    hash       bytea       NOT NULL,
    PRIMARY KEY (tenant_id, number)
);
CREATE INDEX audit_batch_checkpoint ON audit_batch (checkpoint);

-- The entries of a batch that are kept, and go, together.
CREATE TABLE audit_batch_part (
    tenant_id uuid    NOT NULL,
    number    bigint  NOT NULL,
    keep_days integer NOT NULL,
    month     date    NOT NULL,
    entries   integer NOT NULL,
    digest    bytea   NOT NULL, -- SHA-256 of the listing
    listing   bytea   NOT NULL, -- id and digest of each entry, 32 bytes, in their order; empty once they are gone
    PRIMARY KEY (tenant_id, number, keep_days, month)
);

CREATE TABLE audit_retirement (
    keep_days      integer     NOT NULL,
    month          date        NOT NULL,
    retired_at     timestamptz NOT NULL,
    entries        bigint      NOT NULL,
    archive        text,        -- file; null: no copy was kept
    archive_digest bytea,       -- SHA-256 of the file
    key_id         text        NOT NULL,
    signature      bytea       NOT NULL,
    PRIMARY KEY (keep_days, month)
);

ALTER TABLE audit_checkpoint ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_batch ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_batch_part ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_retirement ENABLE ROW LEVEL SECURITY;
CREATE POLICY every ON audit_checkpoint TO ${worker} USING (true) WITH CHECK (true);
CREATE POLICY every ON audit_batch TO ${worker} USING (true) WITH CHECK (true);
CREATE POLICY every ON audit_batch_part TO ${worker} USING (true) WITH CHECK (true);
CREATE POLICY every ON audit_retirement TO ${worker} USING (true) WITH CHECK (true);
REVOKE ALL ON audit_checkpoint, audit_batch, audit_batch_part, audit_retirement FROM ${worker};
GRANT SELECT, INSERT ON audit_checkpoint, audit_batch, audit_batch_part, audit_retirement TO ${worker};

-- A database that was restored on another server counts transactions from a lower number, and the order of entries must go on:
-- what is added to the numbers since.
CREATE TABLE audit_offset (transactions bigint NOT NULL);
INSERT INTO audit_offset VALUES (0);
ALTER TABLE audit_offset ENABLE ROW LEVEL SECURITY;
CREATE POLICY every ON audit_offset FOR SELECT TO ${worker} USING (true);
REVOKE ALL ON audit_offset FROM ${worker};
GRANT SELECT ON audit_offset TO ${worker};

CREATE FUNCTION audit_catch_up() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '10s' AS $$
DECLARE
    latest bigint := greatest(
        (SELECT max(horizon)::text::bigint FROM platform.audit_checkpoint),
        (SELECT xid::text::bigint FROM platform.audit_entry ORDER BY xid DESC LIMIT 1), 0);
    added  bigint := (SELECT transactions FROM platform.audit_offset);
    next   bigint := pg_snapshot_xmax(pg_current_snapshot())::text::bigint;
BEGIN
    IF next + added < latest THEN
        added := latest - next + 1;
        EXECUTE format('ALTER TABLE platform.audit_entry ALTER COLUMN xid '
            'SET DEFAULT (pg_current_xact_id()::text::bigint + %s)::text::xid8', added);
        UPDATE platform.audit_offset SET transactions = added;
    END IF;
END $$;

REVOKE ALL ON FUNCTION audit_catch_up() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_catch_up() TO ${worker};

-- The logins that write entries.
CREATE FUNCTION audit_writers() RETURNS text[] IMMUTABLE
    RETURN ARRAY[btrim('${app}', '"'), btrim('${worker}', '"')];

-- Removes the table of a class and month whose time is over, with everything in it.
CREATE FUNCTION audit_retire(days integer, month date) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s' AS $$
BEGIN
    IF days <= 0 OR (month + interval '1 month' + make_interval(days => days)) AT TIME ZONE 'UTC' > now() THEN
        RAISE EXCEPTION 'entries of % that are kept for % days are not over yet', month, days;
    END IF;
    IF NOT EXISTS (SELECT FROM platform.audit_retirement r WHERE r.keep_days = days AND r.month = audit_retire.month) THEN
        RAISE EXCEPTION 'nobody has signed that entries of % that are kept for % days go', month, days;
    END IF;
    -- The digests stay, and with them the chain.
    UPDATE platform.audit_batch_part p SET listing = '' WHERE p.keep_days = days AND p.month = audit_retire.month;
    EXECUTE format('DROP TABLE IF EXISTS platform.%I', 'audit_entry_' || days || to_char(month, '_YYYY_MM'));
END $$;

REVOKE ALL ON FUNCTION audit_retire(integer, date), audit_writers() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_retire(integer, date), audit_writers() TO ${worker};
