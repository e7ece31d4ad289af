-- Somebody who can sign in. The person's record in a tenant (name, e-mail, locale …) lives in that tenant's user object.
CREATE TABLE platform.account (
    id            uuid PRIMARY KEY DEFAULT uuidv7(),
    email         text        NOT NULL,
    name          text        NOT NULL,
    password_hash text,
    created_at    timestamptz NOT NULL DEFAULT now(),
    platform_administrator boolean NOT NULL DEFAULT false
);
CREATE UNIQUE INDEX account_email_key ON platform.account (lower(email));

-- In which tenants an account may act, as which user record, with which roles (names of permission sets).
CREATE TABLE platform.membership (
    account_id uuid   NOT NULL REFERENCES platform.account (id),
    tenant_id  uuid   NOT NULL REFERENCES platform.tenant (id),
    user_id    uuid   NOT NULL,
    roles      text[] NOT NULL DEFAULT '{}',
    PRIMARY KEY (account_id, tenant_id)
);
CREATE UNIQUE INDEX membership_user_key ON platform.membership (tenant_id, user_id);

-- A signed-in client. The token itself is never stored, only its SHA-256 digest.
CREATE TABLE platform.login_session (
    id           uuid PRIMARY KEY DEFAULT uuidv7(),
    token_digest bytea       NOT NULL UNIQUE,
    account_id   uuid        NOT NULL REFERENCES platform.account (id),
    tenant_id    uuid        NOT NULL REFERENCES platform.tenant (id),
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    ip_address   text,
    user_agent   text
);
CREATE INDEX login_session_account_idx ON platform.login_session (account_id);
CREATE INDEX login_session_expiry_idx ON platform.login_session (expires_at);
