\set n random(1, 2000)
\set phone random(1, 1000000)
with change as (
  update data.bench_accounts set phone = '+1 555 ' || cast(:phone as text), updated_at = now(), version = version + 1
  where tenant_id = cast('00000000-0000-7000-8000-000000000001' as uuid) and id = (select id from public.bench_id where n = :n)
  returning new.*, old.phone as old_phone),
event as (
  insert into platform.outbox (tenant_id, object, record_id, action, payload, origin)
  select tenant_id, 'bench_accounts', id, 'update', jsonb_build_object('from', old_phone, 'to', phone), 'rest' from change)
select to_json(change) from change;
