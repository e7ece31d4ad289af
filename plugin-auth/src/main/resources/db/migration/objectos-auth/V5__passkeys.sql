-- Public keys by which people sign in without a password; the private halves stay with their authenticators.
CREATE TABLE platform.passkey (
    id              uuid PRIMARY KEY DEFAULT uuidv7(),
    account_id      uuid        NOT NULL REFERENCES platform.account (id) ON DELETE CASCADE,
    credential_id   text        NOT NULL UNIQUE, -- base64url, chosen by the authenticator
    public_key      text        NOT NULL,        -- base64url of a COSE key
    aaguid          uuid        NOT NULL,        -- the model of the authenticator; zeros: not told
    sign_count      bigint      NOT NULL,
    backup_eligible boolean     NOT NULL,
    backed_up       boolean     NOT NULL,
    transports      text[]      NOT NULL,
    name            text        NOT NULL,
    created_at      timestamptz NOT NULL,
    last_used_at    timestamptz
);
CREATE INDEX passkey_account_idx ON platform.passkey (account_id, created_at);
