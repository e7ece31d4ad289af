-- Keys by which programs call in the name of an account, in one tenant. The key itself is never stored, only its SHA-256 digest.
CREATE TABLE platform.api_key (
    id           uuid PRIMARY KEY,
    key_digest   bytea       NOT NULL UNIQUE,
    start        text        NOT NULL, -- what people recognize it by
    name         text        NOT NULL,
    account_id   uuid        NOT NULL REFERENCES platform.account (id) ON DELETE CASCADE,
    tenant_id    uuid        NOT NULL REFERENCES platform.tenant (id) ON DELETE CASCADE,
    scopes       text, -- separated by spaces; null: whatever the account may
    metadata     text, -- JSON of whoever made it
    enabled      boolean     NOT NULL DEFAULT true,
    created_by   uuid        NOT NULL, -- the account that asked for it
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    expires_at   timestamptz, -- null: never
    last_used_at timestamptz
);
CREATE INDEX api_key_account_idx ON platform.api_key (account_id, tenant_id);
