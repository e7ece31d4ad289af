-- People and services that sign in, and what is known of how they may.
ALTER TABLE platform.account
    ADD COLUMN username             text,
    ADD COLUMN kind                 text        NOT NULL DEFAULT 'PERSON' CHECK (kind IN ('PERSON', 'SERVICE')),
    ADD COLUMN email_verified_at    timestamptz,
    ADD COLUMN password_changed_at  timestamptz,
    ADD COLUMN must_change_password boolean     NOT NULL DEFAULT false,
    ADD COLUMN banned_at            timestamptz,
    ADD COLUMN ban_reason           text,
    ADD COLUMN ban_ends_at          timestamptz, -- null: for good
    ADD COLUMN updated_at           timestamptz NOT NULL DEFAULT now();
CREATE UNIQUE INDEX account_username_key ON platform.account (lower(username));
-- Until now the first administrator was the only one, whose address nobody had to prove.
UPDATE platform.account SET email_verified_at = created_at;

ALTER TABLE platform.membership ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();

ALTER TABLE platform.login_session
    ADD COLUMN last_used_at    timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN method          text        NOT NULL DEFAULT 'password',
    ADD COLUMN impersonator_id uuid REFERENCES platform.account (id) ON DELETE CASCADE;

-- Passwords that an account has had, newest last.
CREATE TABLE platform.password_history (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id    uuid        NOT NULL REFERENCES platform.account (id) ON DELETE CASCADE,
    password_hash text        NOT NULL,
    retired_at    timestamptz NOT NULL
);
CREATE INDEX password_history_account_idx ON platform.password_history (account_id, id);

-- Tokens that work once: links in mails, second steps of a sign-in, what a provider brings back. Known by their digest alone.
CREATE TABLE platform.one_time_token (
    token_digest bytea PRIMARY KEY,
    purpose      text        NOT NULL,
    account_id   uuid REFERENCES platform.account (id) ON DELETE CASCADE,
    payload      text        NOT NULL DEFAULT '',
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL
);
CREATE INDEX one_time_token_account_idx ON platform.one_time_token (account_id, purpose);
CREATE INDEX one_time_token_expiry_idx ON platform.one_time_token (expires_at);

-- Attempts to sign in that have failed of late, by digest of what they name (an account's name, an address of the network).
CREATE TABLE platform.sign_in_throttle (
    key           bytea PRIMARY KEY,
    failures      integer     NOT NULL,
    last_attempt  timestamptz NOT NULL,
    blocked_until timestamptz
);
CREATE INDEX sign_in_throttle_age_idx ON platform.sign_in_throttle (last_attempt);
