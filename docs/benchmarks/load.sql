-- 20,000 accounts with ten contacts and ten opportunities each, in the default tenant. Run as the configured user.
\set tenant '''00000000-0000-7000-8000-000000000001'''
SELECT set_config('app.tenant', :tenant, false);

INSERT INTO data.bench_accounts (tenant_id, id, name, industry, city, website, phone, revenue, employees, founded_on,
                                 active, notes, created_at, updated_at, version)
SELECT :tenant::uuid, uuidv7(), 'Account ' || n,
       (ARRAY ['technology', 'finance', 'healthcare', 'manufacturing', 'retail', 'education'])[1 + n % 6],
       (ARRAY ['Lyon', 'Osaka', 'Porto', 'Austin', 'Nairobi'])[1 + n % 5], 'https://example.com/' || n,
       '+1 555 ' || n, (n * 7919 % 10000000)::numeric / 100, n % 5000, date '1980-01-01' + n % 15000, n % 3 <> 0,
       repeat('Lorem ipsum dolor sit amet. ', 4), now(), now(), 1
FROM generate_series(1, 20000) n;

INSERT INTO data.bench_contacts (tenant_id, id, account, first_name, last_name, email, phone, title, created_at,
                                 updated_at, version)
SELECT :tenant::uuid, uuidv7(), id, 'First ' || k, 'Last ' || k % 2000, 'person' || k || '@example.com', '+1 555 ' || k,
       'Title ' || k % 50, now(), now(), 1
FROM (SELECT a.id, (row_number() OVER ()) * 7919 AS k FROM data.bench_accounts a, generate_series(1, 10) n
      ORDER BY a.id, n) contact;

INSERT INTO data.bench_opportunities (tenant_id, id, account, name, stage, amount, close_date, created_at, updated_at,
                                      version)
SELECT :tenant::uuid, uuidv7(), id, 'Deal ' || n,
       (ARRAY ['prospecting', 'qualification', 'proposal', 'negotiation', 'won', 'lost'])[1 + n % 6],
       (n * 7919 % 1000000)::numeric / 100, date '2026-01-01' + n, now(), now(), 1
FROM (SELECT a.id, n FROM data.bench_accounts a, generate_series(1, 10) n ORDER BY a.id, n) deal;

VACUUM ANALYZE data.bench_accounts, data.bench_contacts, data.bench_opportunities;
