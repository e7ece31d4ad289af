-- What administrators read of accounts, sessions and tenants as records of objects (objects/_*.object.yml). A view shows the rows of
-- the tenant that the transaction is set to, without any secret; without a tenant it shows none. Nobody writes through it.

CREATE VIEW ${data}._users WITH (security_barrier) AS
SELECT m.tenant_id, m.user_id AS id, a.name, a.email, a.username, m.roles, a.kind,
       a.email_verified_at IS NOT NULL AS email_verified, a.platform_administrator, a.must_change_password,
       (m.banned_at IS NOT NULL AND (m.ban_ends_at IS NULL OR m.ban_ends_at > now()))
           OR (a.banned_at IS NOT NULL AND (a.ban_ends_at IS NULL OR a.ban_ends_at > now())) AS banned,
       coalesce(m.ban_reason, a.ban_reason) AS ban_reason, coalesce(m.ban_ends_at, a.ban_ends_at) AS ban_ends_at,
       m.created_at, greatest(a.updated_at, m.created_at) AS updated_at, 1::bigint AS version
FROM platform.membership m JOIN platform.account a ON a.id = m.account_id
WHERE m.tenant_id = nullif(current_setting('app.tenant', true), '')::uuid AND NOT m.visiting;

CREATE VIEW ${data}._memberships WITH (security_barrier) AS
SELECT m.tenant_id, m.user_id AS id, m.user_id::text AS user_id, a.email, m.roles, m.visiting,
       m.created_at, m.created_at AS updated_at, 1::bigint AS version
FROM platform.membership m JOIN platform.account a ON a.id = m.account_id
WHERE m.tenant_id = nullif(current_setting('app.tenant', true), '')::uuid;

CREATE VIEW ${data}._sessions WITH (security_barrier) AS
SELECT s.tenant_id, s.id, m.user_id::text AS user_id, a.email, s.method, s.ip_address, s.user_agent,
       s.impersonator_id IS NOT NULL AS impersonated, s.last_used_at, s.expires_at,
       s.created_at, s.last_used_at AS updated_at, 1::bigint AS version
FROM platform.login_session s
JOIN platform.account a ON a.id = s.account_id
JOIN platform.membership m ON m.account_id = s.account_id AND m.tenant_id = s.tenant_id
WHERE s.tenant_id = nullif(current_setting('app.tenant', true), '')::uuid;

CREATE VIEW ${data}._invitations WITH (security_barrier) AS
SELECT i.tenant_id, i.id, i.email, i.roles, lower(i.status) AS status, i.inviter_id::text AS inviter_id, i.expires_at,
       i.created_at, i.created_at AS updated_at, 1::bigint AS version
FROM platform.invitation i
WHERE i.tenant_id = nullif(current_setting('app.tenant', true), '')::uuid;

CREATE VIEW ${data}._tenants WITH (security_barrier) AS
SELECT t.id AS tenant_id, t.id, t.name, t.slug, t.suspended_at IS NOT NULL AS suspended,
       t.created_at, t.updated_at, 1::bigint AS version
FROM platform.tenant t
WHERE t.id = nullif(current_setting('app.tenant', true), '')::uuid;

REVOKE ALL ON ${data}._users, ${data}._memberships, ${data}._sessions, ${data}._invitations, ${data}._tenants
    FROM ${app}, ${worker};
GRANT SELECT ON ${data}._users, ${data}._memberships, ${data}._sessions, ${data}._invitations, ${data}._tenants TO ${app};
