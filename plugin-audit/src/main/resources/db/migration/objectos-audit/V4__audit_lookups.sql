-- What one person has done, however little, is found without going through the time of the tenant.
CREATE INDEX audit_entry_person ON audit_entry (tenant_id, user_id, at DESC, id DESC) WHERE user_id IS NOT NULL;

-- Entries of an object or an action within a time are told apart in the index, so that only those that match are fetched. In place of the
-- index without these columns, not beside it.
CREATE INDEX audit_entry_moment ON audit_entry (tenant_id, at DESC, id DESC, object, action);
DROP INDEX audit_entry_time;
