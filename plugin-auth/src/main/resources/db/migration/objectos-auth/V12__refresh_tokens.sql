-- Tokens that a client gets the next access token with, each good for one time. Known by their digest alone; they end with their session.
CREATE TABLE platform.refresh_token (
    token_digest bytea PRIMARY KEY,
    family_id    uuid        NOT NULL, -- those that followed from the same first one
    session_id   uuid        NOT NULL REFERENCES platform.login_session (id) ON DELETE CASCADE,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL, -- of the whole family
    used_at      timestamptz
);
CREATE INDEX refresh_token_session_idx ON platform.refresh_token (session_id);
