-- Members may be shut out of one tenant alone; a platform administrator may work in a tenant without being its member.
ALTER TABLE platform.membership
    ADD COLUMN banned_at   timestamptz,
    ADD COLUMN ban_reason  text,
    ADD COLUMN ban_ends_at timestamptz, -- null: for good
    ADD COLUMN visiting    boolean NOT NULL DEFAULT false,
    ADD COLUMN external_id text; -- what an identity provider calls the member, by SCIM
CREATE UNIQUE INDEX membership_external_id_key ON platform.membership (tenant_id, external_id);

-- Roles that an identity provider has made groups of, members or not.
CREATE TABLE platform.role_group (
    tenant_id   uuid        NOT NULL REFERENCES platform.tenant (id),
    name        text        NOT NULL,
    external_id text,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, name)
);

-- An account goes with its last membership, and its sessions go with it.
ALTER TABLE platform.login_session
    DROP CONSTRAINT login_session_account_id_fkey,
    ADD CONSTRAINT login_session_account_id_fkey FOREIGN KEY (account_id) REFERENCES platform.account (id)
        ON DELETE CASCADE;
CREATE INDEX login_session_tenant_idx ON platform.login_session (tenant_id);

-- Who has been asked to join a tenant; the token in the mail is among the tokens that work once.
CREATE TABLE platform.invitation (
    id         uuid PRIMARY KEY,
    tenant_id  uuid        NOT NULL REFERENCES platform.tenant (id),
    email      text        NOT NULL,
    roles      text[]      NOT NULL,
    inviter_id uuid, -- the inviting user's record; null: the platform's own work
    status     text        NOT NULL CHECK (status IN ('PENDING', 'ACCEPTED', 'REJECTED', 'CANCELED')),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX invitation_pending_key ON platform.invitation (tenant_id, lower(email)) WHERE status = 'PENDING';
CREATE INDEX invitation_email_idx ON platform.invitation (lower(email));
