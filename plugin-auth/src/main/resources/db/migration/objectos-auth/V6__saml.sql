-- Assertions that have let somebody in, by digest of provider and id, for as long as they would count: none does so twice.
CREATE TABLE platform.saml_assertion (
    digest     bytea PRIMARY KEY,
    expires_at timestamptz NOT NULL
);
CREATE INDEX saml_assertion_expiry_idx ON platform.saml_assertion (expires_at);
