-- The names that metadata gives to roles, as of the last publication: so that those which nobody holds are seen too.
CREATE TABLE platform.known_role (
    name        text PRIMARY KEY,
    label       text,
    description text,
    known_since timestamptz NOT NULL,
    changed_at  timestamptz NOT NULL
);

-- Whether a second factor is asked for, for those who look after accounts.
CREATE OR REPLACE VIEW ${data}._users WITH (security_barrier) AS
SELECT m.tenant_id, m.user_id AS id, a.name, a.email, a.username, m.roles, a.kind,
       a.email_verified_at IS NOT NULL AS email_verified, a.platform_administrator, a.must_change_password,
       (m.banned_at IS NOT NULL AND (m.ban_ends_at IS NULL OR m.ban_ends_at > now()))
           OR (a.banned_at IS NOT NULL AND (a.ban_ends_at IS NULL OR a.ban_ends_at > now())) AS banned,
       coalesce(m.ban_reason, a.ban_reason) AS ban_reason, coalesce(m.ban_ends_at, a.ban_ends_at) AS ban_ends_at,
       m.created_at, greatest(a.updated_at, m.created_at) AS updated_at, 1::bigint AS version,
       EXISTS (SELECT FROM platform.second_factor f
               WHERE f.account_id = a.id AND f.confirmed_at IS NOT NULL) AS two_factor_enabled
FROM platform.membership m JOIN platform.account a ON a.id = m.account_id
WHERE m.tenant_id = nullif(current_setting('app.tenant', true), '')::uuid AND NOT m.visiting;

-- Neither a key nor its digest.
CREATE VIEW ${data}._api_keys WITH (security_barrier) AS
SELECT k.tenant_id, k.id, k.name, k.start, m.user_id::text AS user_id, a.email, a.kind AS owner_kind, k.enabled,
       string_to_array(k.scopes, ' ') AS scopes, k.expires_at, k.last_used_at,
       k.created_at, k.updated_at, 1::bigint AS version
FROM platform.api_key k
JOIN platform.account a ON a.id = k.account_id
LEFT JOIN platform.membership m ON m.account_id = k.account_id AND m.tenant_id = k.tenant_id
WHERE k.tenant_id = nullif(current_setting('app.tenant', true), '')::uuid;

-- Roles that metadata names, that somebody holds, or that an identity provider has made a group of. A role is its name.
CREATE VIEW ${data}._roles WITH (security_barrier) AS
SELECT t.id AS tenant_id, md5(t.id::text || ' ' || r.name)::uuid AS id, r.name, k.label, k.description,
       k.name IS NOT NULL AS defined, h.holders, h.held_by,
       coalesce(k.known_since, t.created_at) AS created_at, coalesce(k.changed_at, t.created_at) AS updated_at,
       1::bigint AS version
FROM platform.tenant t
CROSS JOIN LATERAL (
    SELECT known.name FROM platform.known_role known
    UNION SELECT unnest(m.roles) FROM platform.membership m WHERE m.tenant_id = t.id AND NOT m.visiting
    UNION SELECT g.name FROM platform.role_group g WHERE g.tenant_id = t.id) r
LEFT JOIN platform.known_role k ON k.name = r.name
CROSS JOIN LATERAL (
    SELECT count(*) AS holders, coalesce(array_agg(m.user_id::text ORDER BY m.created_at, m.user_id), '{}') AS held_by
    FROM platform.membership m
    WHERE m.tenant_id = t.id AND NOT m.visiting AND r.name = ANY (m.roles)) h
WHERE t.id = nullif(current_setting('app.tenant', true), '')::uuid;

REVOKE ALL ON ${data}._users, ${data}._api_keys, ${data}._roles FROM ${app}, ${worker};
GRANT SELECT ON ${data}._users, ${data}._api_keys, ${data}._roles TO ${app};

-- Whatever shows who somebody is and must do so once (SAML assertions, ID tokens that clients bring), by its digest.
ALTER TABLE platform.saml_assertion RENAME TO used_proof;
ALTER INDEX platform.saml_assertion_expiry_idx RENAME TO used_proof_expiry_idx;

-- What nodes have served to busy callers, minute by minute, so that they count together. Worth nothing after a minute or two, and so
-- not worth being written ahead.
CREATE UNLOGGED TABLE platform.request_count (
    minute   bigint      NOT NULL, -- since 1970, by the database's clock
    kind     text        NOT NULL,
    caller   text        NOT NULL,
    node     uuid        NOT NULL,
    requests bigint      NOT NULL,
    told_at  timestamptz NOT NULL,
    PRIMARY KEY (minute, kind, caller, node)
);
CREATE INDEX request_count_age_idx ON platform.request_count (told_at);
