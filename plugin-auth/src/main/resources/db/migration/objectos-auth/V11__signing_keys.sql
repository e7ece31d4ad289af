-- The keys that tokens are signed with. The next one is made before the last one's time is over, so that all nodes know it by then.
CREATE TABLE platform.signing_key (
    id             uuid PRIMARY KEY, -- the tokens' kid
    public_key     text        NOT NULL, -- JWK
    private_key    text        NOT NULL, -- JWK, sealed with the server's key
    signs_from     timestamptz NOT NULL,
    signs_until    timestamptz NOT NULL,
    verifies_until timestamptz NOT NULL
);
