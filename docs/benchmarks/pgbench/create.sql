\set n random(1, 2000)
with change as (
  insert into data.bench_contacts (tenant_id, id, account, first_name, last_name, email, created_at, updated_at, version)
  values (cast('00000000-0000-7000-8000-000000000001' as uuid), uuidv7(), (select id from public.bench_id where n = :n), 'New', 'Person', 'new@example.com', now(), now(), 1)
  returning *),
event as (
  insert into platform.outbox (tenant_id, object, record_id, action, payload, origin)
  select tenant_id, 'bench_contacts', id, 'create', jsonb_build_object('to', to_jsonb(change)), 'rest' from change)
select to_json(change) from change;
