-- What docs/benchmarks/rights asks for, in the default tenant: two objects of 2,000 visits, two of 100,000 deals (2,000 accounts of 50, each in one of
-- 200 regions), and 10,000 people with a session, five regions and a deal that they may see. Run as the configured user.
\set tenant '''00000000-0000-7000-8000-000000000001'''
SELECT set_config('app.tenant', :tenant, false);

INSERT INTO data.bench_visits (tenant_id, id, name, city, phone, amount, visited_on, notes, created_at, updated_at, version)
SELECT :tenant::uuid, uuidv7(), 'Visit ' || n, (ARRAY ['Lyon', 'Osaka', 'Porto', 'Austin', 'Nairobi'])[1 + n % 5], '+1 555 ' || n,
       n::numeric / 100, date '2020-01-01' + n, repeat('Lorem ipsum dolor sit amet. ', 4), now(), now(), 1
FROM generate_series(1, 2000) n;
INSERT INTO data.bench_visits_audited SELECT * FROM data.bench_visits;

INSERT INTO data.bench_deals (tenant_id, id, title, account, region, amount, created_at, updated_at, version)
SELECT :tenant::uuid, uuidv7(), 'Deal ' || n, 'a' || n / 50, 'r' || n / 50 % 200, n, now(), now(), 1
FROM generate_series(0, 99999) n;
INSERT INTO data.bench_deals_ruled SELECT * FROM data.bench_deals;

CREATE TABLE public.bench_person AS
SELECT n, uuidv7() AS account_id, uuidv7() AS user_id, 'bench' || lpad(n::text, 38, '0') AS token, regions,
       'a' || (regions[1] + 200 * (n % 10)) AS account
FROM generate_series(1, 10000) n,
     LATERAL (SELECT array_agg(r) AS regions
              FROM (SELECT r FROM generate_series(0, 199) r ORDER BY md5(n || '-' || r) LIMIT 5) few) chosen;
ALTER TABLE public.bench_person ADD COLUMN deal uuid;
UPDATE public.bench_person p SET deal = d.id FROM data.bench_deals_ruled d WHERE d.title = 'Deal ' || (substr(p.account, 2)::integer * 50 + p.n % 50);

INSERT INTO data."user" (tenant_id, id, name, email, created_at, updated_at, version)
SELECT :tenant::uuid, user_id, 'Person ' || n, 'person' || n || '@bench.example', now(), now(), 1 FROM public.bench_person;
INSERT INTO platform.account (id, email, name, email_verified_at)
SELECT account_id, 'person' || n || '@bench.example', 'Person ' || n, now() FROM public.bench_person;
INSERT INTO platform.membership (account_id, tenant_id, user_id, roles)
SELECT account_id, :tenant::uuid, user_id, ARRAY ['sales'] || ARRAY(SELECT 'region_' || r FROM unnest(regions) r) FROM public.bench_person;
INSERT INTO platform.login_session (token_digest, account_id, tenant_id, created_at, expires_at)
SELECT sha256(convert_to(token, 'UTF8')), account_id, :tenant::uuid, now(), now() + interval '1 day' FROM public.bench_person;

VACUUM ANALYZE data.bench_visits, data.bench_visits_audited, data.bench_deals, data.bench_deals_ruled, data."user", platform.account,
    platform.membership, platform.login_session;
