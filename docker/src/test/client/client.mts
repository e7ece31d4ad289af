// Uses a server by the types that were generated of its OpenAPI document.
import assert from 'node:assert/strict';
import createClient from 'openapi-fetch';
import type { components, paths } from './objectos.js';

type Lead = components['schemas']['leads'];

export async function use(baseUrl: string, email: string, password: string): Promise<void> {
  const signedIn = await createClient<paths>({ baseUrl }).POST('/api/auth/sign-in/email', { body: { email, password } });
  assert.ok(signedIn.data && 'token' in signedIn.data);
  const client = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${signedIn.data.token}` } });
  const company = `Generated ${process.pid} ${Date.now()}`;

  const made = await client.POST('/api/data/leads', {
    params: { header: { 'Idempotency-Key': company.replaceAll(' ', '-') } }, body: { name: 'Made', company },
  });
  assert.equal(made.response.status, 201);
  const id = made.data!.id;
  assert.equal(made.data!.record.company, company);

  const found = await client.POST('/api/data/leads/query', {
    body: { where: { company }, fields: ['name', 'status'], orderBy: [{ field: 'name', order: 'asc' }], count: true },
  });
  const leads: Lead[] = found.data!.records;
  assert.deepEqual([found.data!.total, leads.map(({ name }) => name)], [1, ['Made']]);
  const listed = await client.GET('/api/data/leads', { params: { query: { filter: JSON.stringify({ company }), top: 5 } } });
  assert.equal(listed.data!.records.length, 1);

  const path = { id };
  const change = (ifMatch: string) => client.PATCH('/api/data/leads/{id}', {
    params: { path, header: { 'If-Match': ifMatch } }, body: { name: 'Changed' },
  });
  const version = made.response.headers.get('ETag')!;
  assert.equal((await change(version)).data!.record.name, 'Changed');
  const stale = await change(version);
  assert.equal(stale.error!.code, 'CONCURRENT_UPDATE');
  assert.equal(typeof stale.error!.currentVersion, 'number');

  assert.equal((await client.DELETE('/api/data/leads/{id}', { params: { path } })).data!.success, true);
  const gone = await client.GET('/api/data/leads/{id}', { params: { path } });
  assert.equal(gone.error!.code, 'RECORD_NOT_FOUND');
  const bin = await client.GET('/api/data/leads/trash', { params: { query: { filter: JSON.stringify({ company }) } } });
  assert.ok(bin.data!.records[0]!.deleted_at);
  assert.equal((await client.POST('/api/data/leads/{id}/restore', { params: { path } })).data!.record.name, 'Changed');

  const uploaded = await client.POST('/api/storage/upload', {
    body: { file: 'Grüße, 世界' },
    bodySerializer: ({ file }) => {
      const form = new FormData();
      form.append('file', new Blob([file], { type: 'text/plain' }), 'hello.txt');
      return form;
    },
  });
  assert.equal(uploaded.response.status, 201, JSON.stringify(uploaded.error));
  const file = await client.GET('/api/storage/files/{id}', {
    params: { path: { id: uploaded.data!.data.fileId } }, parseAs: 'text',
  });
  assert.equal(file.data, 'Grüße, 世界');

  const operation = await client.POST('/graphql', { body: { query: '{ leads(limit: 1) { id } }' } });
  assert.ok(typeof operation.data === 'object' && 'data' in operation.data);
  const measured = await client.POST('/api/analytics/query', { body: { cube: 'leads', measures: ['count'], where: { company } } });
  assert.ok(measured.data && 'rows' in measured.data && Number(measured.data.rows[0]!['count']) === 1);
  const allowed = await client.POST('/api/permissions/check', { body: { object: 'leads', operation: 'update' } });
  assert.equal(allowed.data!.allowed, true);
  const trail = await client.GET('/api/audit/trail/{object}/{id}', { params: { path: { object: 'leads', id } } });
  assert.ok(trail.data!.events.some(({ action }) => action === 'update'));
  assert.equal((await client.DELETE('/api/data/leads/{id}', { params: { path } })).response.status, 200);
}
