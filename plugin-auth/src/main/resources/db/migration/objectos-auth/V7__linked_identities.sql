-- Who an account is elsewhere: at a provider (google, an issuer of the company's own, a directory), by that provider's unchanging subject.
CREATE TABLE platform.linked_identity (
    provider     text        NOT NULL,
    subject      text        NOT NULL,
    -- Checked at the end, for the account may be made in the same transaction by other means than plain SQL.
    account_id   uuid        NOT NULL REFERENCES platform.account (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    email        text,
    linked_at    timestamptz NOT NULL,
    last_used_at timestamptz NOT NULL,
    PRIMARY KEY (provider, subject)
);
CREATE INDEX linked_identity_account_idx ON platform.linked_identity (account_id);
