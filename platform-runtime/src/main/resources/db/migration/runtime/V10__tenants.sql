-- What a tenant has decided about itself, and whether it may be worked in.
ALTER TABLE tenant
    ADD COLUMN settings     jsonb       NOT NULL DEFAULT '{}',
    ADD COLUMN updated_at   timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN suspended_at timestamptz;
