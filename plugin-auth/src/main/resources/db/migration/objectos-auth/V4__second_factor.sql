-- What an account is asked for besides its first proof. The secret is sealed with the server's key.
CREATE TABLE platform.second_factor (
    account_id   uuid PRIMARY KEY REFERENCES platform.account (id) ON DELETE CASCADE,
    secret       text        NOT NULL,
    created_at   timestamptz NOT NULL,
    confirmed_at timestamptz,              -- null: being set up; nothing is asked for yet
    last_step    bigint      NOT NULL      -- the time step of the last code that was used; it and earlier ones are not again
);

-- Codes on paper, each for one use; known by digest.
CREATE TABLE platform.backup_code (
    account_id  uuid  NOT NULL REFERENCES platform.second_factor (account_id) ON DELETE CASCADE,
    code_digest bytea NOT NULL,
    PRIMARY KEY (account_id, code_digest)
);

-- Devices that need no second factor for a while; what they show is known by digest.
CREATE TABLE platform.trusted_device (
    token_digest bytea PRIMARY KEY,
    account_id   uuid        NOT NULL REFERENCES platform.second_factor (account_id) ON DELETE CASCADE,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL
);
CREATE INDEX trusted_device_account_idx ON platform.trusted_device (account_id);
CREATE INDEX trusted_device_expiry_idx ON platform.trusted_device (expires_at);
