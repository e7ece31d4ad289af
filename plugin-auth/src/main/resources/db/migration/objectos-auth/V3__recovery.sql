-- Registrations whose address is not confirmed yet; an account is made when it is. Several may name one address: the link that its
-- owner follows says which of them is meant.
CREATE TABLE platform.pending_registration (
    id            uuid PRIMARY KEY,
    tenant_id     uuid        NOT NULL REFERENCES platform.tenant (id) ON DELETE CASCADE,
    email         text        NOT NULL,
    name          text        NOT NULL,
    username      text,
    password_hash text        NOT NULL,
    locale        text        NOT NULL,
    callback      text,
    expires_at    timestamptz NOT NULL
);
CREATE INDEX pending_registration_email_idx ON platform.pending_registration (lower(email));
CREATE INDEX pending_registration_expiry_idx ON platform.pending_registration (expires_at);
