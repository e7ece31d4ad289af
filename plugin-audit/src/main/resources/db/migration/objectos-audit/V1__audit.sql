-- The trail: one row for everything that was done, never changed afterwards. Kept by retention class (days; 0: for ever) and
-- month, so that what is too old goes as a whole table. What has no table yet waits in one of the rests. -------------------

CREATE TABLE audit_entry (
    id              uuid        NOT NULL DEFAULT uuidv7(),
    -- The order for whoever reads on: below the oldest running transaction nothing is added any more.
    xid             xid8        NOT NULL DEFAULT pg_current_xact_id(),
    tenant_id       uuid        NOT NULL, -- all zeros: of no tenant
    keep_days       integer     NOT NULL CHECK (keep_days >= 0),
    at              timestamptz NOT NULL,
    action          text        NOT NULL,
    object          text,
    record_id       uuid,
    version         bigint,               -- of the record, after the change
    user_id         uuid,                 -- null: the platform itself, or nobody known
    impersonator_id uuid,
    ip              text,
    user_agent      text,
    request_id      text,
    origin          text        NOT NULL,
    changes         jsonb       NOT NULL DEFAULT '{}', -- {"field": {"from": …, "to": …}}
    details         jsonb,
    -- Of whose login the row came; others than the platform's add entries that it knows nothing of.
    writer          text        NOT NULL DEFAULT session_user
) PARTITION BY LIST (keep_days);

CREATE TABLE audit_entry_rest PARTITION OF audit_entry DEFAULT;

CREATE INDEX audit_entry_record ON audit_entry (tenant_id, record_id, at DESC, id DESC);
CREATE INDEX audit_entry_time ON audit_entry (tenant_id, at DESC, id DESC);
CREATE INDEX audit_entry_xid ON audit_entry (xid);

-- Whoever may add entries can neither choose their place in the order nor see, change or remove any.
ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON audit_entry FOR INSERT TO ${app}
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
CREATE POLICY every_read ON audit_entry FOR SELECT TO ${worker} USING (true);
CREATE POLICY every_insert ON audit_entry FOR INSERT TO ${worker} WITH CHECK (true);
REVOKE ALL ON audit_entry, audit_entry_rest FROM ${worker};
GRANT SELECT ON audit_entry TO ${worker};
GRANT INSERT (tenant_id, keep_days, at, action, object, record_id, version, user_id, impersonator_id, ip, user_agent,
              request_id, origin, changes, details) ON audit_entry TO ${app}, ${worker};

-- Gives a class and a month a table of their own, where they have none; what waits in the rest moves into it.
CREATE FUNCTION audit_prepare(days integer, month date) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
    class text := 'audit_entry_' || days;
    part  text := class || to_char(month, '_YYYY_MM');
    since timestamptz := month::timestamp AT TIME ZONE 'UTC';
    until timestamptz := (month + interval '1 month') AT TIME ZONE 'UTC';
BEGIN
    IF days < 0 OR month <> date_trunc('month', month)::date THEN
        RAISE EXCEPTION 'no class of % days, or no month %', days, month;
    END IF;
    IF to_regclass('platform.' || part) IS NOT NULL THEN
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock(7022083905126066548);
    IF to_regclass('platform.' || class) IS NULL THEN
        LOCK TABLE platform.audit_entry_rest IN ACCESS EXCLUSIVE MODE;
        EXECUTE format('CREATE TABLE platform.%I (LIKE platform.audit_entry INCLUDING DEFAULTS INCLUDING CONSTRAINTS) '
            'PARTITION BY RANGE (at)', class);
        EXECUTE format('CREATE TABLE platform.%I PARTITION OF platform.%I DEFAULT', class || '_rest', class);
        EXECUTE format('REVOKE ALL ON platform.%I, platform.%I FROM ${app}, ${worker}', class, class || '_rest');
        EXECUTE format('WITH moved AS (DELETE FROM platform.audit_entry_rest WHERE keep_days = $1 RETURNING *) '
            'INSERT INTO platform.%I SELECT * FROM moved', class) USING days;
        EXECUTE format('ALTER TABLE platform.audit_entry ATTACH PARTITION platform.%I FOR VALUES IN (%s)', class, days);
    END IF;
    IF to_regclass('platform.' || part) IS NULL THEN
        EXECUTE format('LOCK TABLE platform.%I IN ACCESS EXCLUSIVE MODE', class || '_rest');
        EXECUTE format('CREATE TABLE platform.%I (LIKE platform.audit_entry INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', part);
        EXECUTE format('REVOKE ALL ON platform.%I FROM ${app}, ${worker}', part);
        EXECUTE format('WITH moved AS (DELETE FROM platform.%I WHERE at >= $1 AND at < $2 RETURNING *) '
            'INSERT INTO platform.%I SELECT * FROM moved', class || '_rest', part) USING since, until;
        EXECUTE format('ALTER TABLE platform.%I ATTACH PARTITION platform.%I FOR VALUES FROM (%L) TO (%L)', class, part,
            since, until);
    END IF;
END $$;

-- The classes and months of entries that wait in a rest.
CREATE FUNCTION audit_waiting() RETURNS TABLE (days integer, month date)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    rest regclass;
BEGIN
    FOR rest IN SELECT c.oid FROM pg_class c WHERE c.relnamespace = 'platform'::regnamespace
        AND c.relkind = 'r' AND c.relname ~ '^audit_entry_([0-9]+_)?rest$'
    LOOP
        RETURN QUERY EXECUTE format('SELECT DISTINCT keep_days, date_trunc(''month'', at AT TIME ZONE ''UTC'')::date FROM %s',
            rest);
    END LOOP;
END $$;

REVOKE ALL ON FUNCTION audit_prepare(integer, date), audit_waiting() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_prepare(integer, date), audit_waiting() TO ${worker};

-- The trail as records of the object _audit_log. ---------------------------------------------------------------------------

CREATE VIEW ${data}._audit_log WITH (security_barrier) AS
SELECT e.tenant_id, e.id, e.action, e.object AS object_name, e.record_id::text AS record_id, e.user_id AS "user",
       e.impersonator_id::text AS impersonator,
       (SELECT jsonb_object_agg(c.key, c.value -> 'from') FROM jsonb_each(e.changes) c) AS before_value,
       (SELECT jsonb_object_agg(c.key, c.value -> 'to') FROM jsonb_each(e.changes) c) AS after_value,
       e.details, e.ip AS ip_address, e.user_agent, e.request_id, e.origin,
       e.at AS created_at, e.at AS updated_at, 1::bigint AS version
FROM platform.audit_entry e
WHERE e.tenant_id = nullif(current_setting('app.tenant', true), '')::uuid;

REVOKE ALL ON ${data}._audit_log FROM ${app}, ${worker};
GRANT SELECT ON ${data}._audit_log TO ${app};
