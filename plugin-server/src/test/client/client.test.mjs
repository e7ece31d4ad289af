// Runs the official client, unmodified, against a server: node client.test.mjs
// OBJECTOS_URL, OBJECTOS_EMAIL, OBJECTOS_PASSWORD say which server and as whom; OBJECTOS_OBJECT and OBJECTOS_FIELD
// name an object and a text field of it that may be written (contacts and last_name unless said otherwise).
// OBJECTOS_WHOLE=true says that the server has everything, so that nothing may be skipped.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { ObjectStackClient, createQuery } from '@objectstack/client';
import { AnalyticsMetadataResponseSchema, AnalyticsResultResponseSchema, BatchUpdateResponseSchema,
  CompleteChunkedUploadResponseSchema, CreateManyDataResponseSchema, DeleteMetaItemResponseSchema,
  DiffMetaItemResponseSchema, DiscoverySchema, FileUploadResponseSchema, FindReferencesToMetaResponseSchema,
  GetAuthConfigResponseSchema, GetFieldLabelsResponseSchema, GetLocalesResponseSchema, GetMetaItemResponseSchema,
  GetMetaItemsResponseSchema, GetMetaTypesResponseSchema, GetTranslationsResponseSchema, ImportJobProgressSchema,
  ImportJobResultsSchema, ImportJobSummarySchema, ImportResponseSchema, ListDraftsResponseSchema,
  ListNotificationsResponseSchema, UndoImportJobResponseSchema }
  from '@objectstack/spec/api';

const { OBJECTOS_URL: baseUrl, OBJECTOS_EMAIL: email, OBJECTOS_PASSWORD: password } = process.env;
const object = process.env.OBJECTOS_OBJECT ?? 'contacts';
const field = process.env.OBJECTOS_FIELD ?? 'last_name';
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const client = new ObjectStackClient({ baseUrl, logger: quiet });
const mark = `Client ${process.pid} ${Date.now()}`;
const named = (suffix) => ({ [field]: `${mark} ${suffix}` });
const PASSWORD = 'a password for clients 1';

function skip(what) {
  assert.notEqual(process.env.OBJECTOS_WHOLE, 'true', `the whole server has ${what}`);
  console.log(`# SKIPPED, NOT TESTED: ${what}, which this server does not have`);
}

/** Another client, of somebody who has signed in. */
async function signedIn(who, secret) {
  const other = new ObjectStackClient({ baseUrl, logger: quiet });
  await other.connect();
  await other.auth.login({ email: who, password: secret });
  return other;
}

/** What the client has no call for. */
async function ask(path, body) {
  const answer = await fetch(`${baseUrl}/api/auth/${path}`, { method: 'POST', body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${client.token}` } });
  assert.equal(answer.status, 200, await answer.clone().text());
  return answer.json();
}

/** A user who has signed in; null: accounts cannot be made here. */
async function somebody(name) {
  if (!(await hasAccounts())) return null;
  const who = `${name}-${process.pid}-${Date.now()}@client.example`;
  await ask('admin/create-user', { email: who, name, password: PASSWORD, role: 'member' });
  return { email: who, client: await signedIn(who, PASSWORD) };
}

async function hasAccounts() {
  try {
    return (await client.auth.getConfig()).emailPassword.enabled;
  } catch (e) {
    if (e.httpStatus !== 404) throw e;
    return false;
  }
}

function oneTimeCode(uri) {
  const letters = new URL(uri).searchParams.get('secret');
  const known = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...letters].map((one) => known.indexOf(one).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const moment = Buffer.alloc(8);
  moment.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000)));
  const hash = createHmac('sha1', key).update(moment).digest();
  return String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1000000).padStart(6, '0');
}

const steps = {
  async 'connects and learns the routes'() {
    const discovered = await client.connect();
    assert.equal(discovered.routes.data, '/api/data');
    DiscoverySchema.parse(discovered);
    assert.equal(client.capabilities.transactionalBatch, true);
    assert.equal(typeof client.capabilities.ai, 'boolean');
  },
  async 'is asked to sign in'() {
    await assert.rejects(client.data.find(object), (e) => e.httpStatus === 401 && e.code === 'UNAUTHENTICATED');
  },
  async 'is refused with a wrong password'() {
    await assert.rejects(client.auth.login({ email, password: `${password}x` }));
  },
  async 'signs in and asks who it is'() {
    const signedIn = await client.auth.login({ email, password });
    assert.ok(signedIn.data.token);
    assert.equal((await client.auth.me()).user.email, email);
  },
  async 'reads metadata'() {
    const types = GetMetaTypesResponseSchema.parse(await client.meta.getTypes());
    assert.ok(types.types.includes('object'));
    const items = GetMetaItemsResponseSchema.parse(await client.meta.getItems('object'));
    assert.ok(items.items.some((item) => item.name === object));
    const item = GetMetaItemResponseSchema.parse(await client.meta.getItem('object', object));
    assert.ok(item.item.fields[field].type);
    assert.deepEqual(await client.meta.getPublished('object', object), item.item);
    const cached = await client.meta.getCached(object);
    assert.equal(cached.data.item.name, object);
    // The client takes any answer but 2xx for an error before it looks for 304, so that is how it reports one.
    await assert.rejects(client.meta.getCached(object, { ifNoneMatch: `"${cached.etag.value}"` }),
      (e) => e.httpStatus === 304);
  },
  async 'lists drafts where metadata is edited'() {
    try {
      assert.deepEqual((await client.meta.listDrafts({ type: 'page' })).drafts, []);
    } catch (e) {
      if (e.code !== 'NOT_IMPLEMENTED') throw e;
      skip('editing of metadata');
    }
  },
  async 'edits metadata, and takes it back'() {
    const [type, name] = ['report', `client_${process.pid}`];
    const report = (label) => ({ name, label });
    let first;
    try {
      first = await client.meta.saveItem(type, name, report('One'));
    } catch (e) {
      if (e.code !== 'NOT_IMPLEMENTED') throw e;
      return skip('editing of metadata');
    }
    await client.meta.saveItem(type, name, report('Two'), { mode: 'draft', ifMatch: String(first.version) });
    const { drafts } = ListDraftsResponseSchema.parse(await client.meta.listDrafts({ type }));
    assert.ok(drafts.some((draft) => draft.name === name));
    assert.equal((await client.meta.getPublished(type, name)).label, 'One');
    const second = await client.meta.publishItem(type, name, { message: 'because' });
    const { changed } = DiffMetaItemResponseSchema.parse(
      await client.meta.diffItem(type, name, { from: first.version, to: second.version }));
    assert.deepEqual(changed, [{ path: 'label', from: 'One', to: 'Two' }]);
    await assert.rejects(client.meta.saveItem(type, name, report('Three'), { ifMatch: String(first.version) }),
      (e) => e.httpStatus === 409 && e.code === 'CONCURRENT_UPDATE');
    const back = await client.meta.rollbackItem(type, name, first.version);
    assert.equal(back.restoredFromVersion, first.version);
    assert.equal((await client.meta.getItem(type, name)).item.label, 'One');
    const { events } = await client.meta.getHistory(type, name, { limit: 10 });
    assert.deepEqual(events.map((event) => event.op).slice(0, 2), ['create', 'update']);
    const gone = DeleteMetaItemResponseSchema.parse(
      await client.meta.deleteItem(type, name, { ifMatch: String(back.version) }));
    assert.equal(gone.reset, true);
    await assert.rejects(client.meta.getItem(type, name), (e) => e.httpStatus === 404);
  },
  async 'asks what is wrong with metadata, and what hangs on it'() {
    const packageId = 'no-such-package';
    assert.deepEqual((await client.meta.getDiagnostics({ type: 'object', severity: 'error', packageId })).entries, []);
    assert.deepEqual((await client.meta.getItems('object', { packageId })).items, []);
    try {
      FindReferencesToMetaResponseSchema.parse(await client.meta.getReferences('object', object));
    } catch (e) {
      if (e.code !== 'NOT_IMPLEMENTED') throw e;
      skip('references');
    }
  },
  async 'asks which states may follow'() {
    const [object, field] = ['leave_requests', 'status'];
    let told;
    try {
      told = await client.meta.getLegalNextStates(object, field, 'draft');
    } catch (e) {
      if (e.httpStatus !== 404) throw e;
      return skip('workflows');
    }
    assert.deepEqual(told, { object, field, from: 'draft', next: ['pending_approval'] });
    assert.equal((await client.meta.getLegalNextStates(object, 'reason')).next, null);
    await assert.rejects(client.meta.getLegalNextStates(object, 'no_such_field'), (e) => e.httpStatus === 404);
  },
  async 'fetches the texts of a language'() {
    const { locales } = GetLocalesResponseSchema.parse(await client.i18n.getLocales());
    assert.ok(locales.some((locale) => locale.code === 'en' && locale.isDefault));
    for (const { code } of locales) {
      const texts = GetTranslationsResponseSchema.parse(await client.i18n.getTranslations(code));
      assert.ok(texts.translations.objects[object].fields[field].label);
      const { labels } = GetFieldLabelsResponseSchema.parse(await client.i18n.getFieldLabels(object, code));
      assert.equal(labels[field].label, texts.translations.objects[object].fields[field].label);
    }
  },
  async 'creates, gets, updates and deletes a record'() {
    const made = await client.data.create(object, named('A'));
    assert.equal(made.object, object);
    assert.equal(made.record[field], `${mark} A`);
    const got = await client.data.get(object, made.id);
    assert.deepEqual(got.record, made.record);
    const changed = await client.data.update(object, made.id, named('B'), { ifMatch: got.record.version });
    assert.equal(changed.record[field], `${mark} B`);
    await assert.rejects(client.data.update(object, made.id, named('C'), { ifMatch: got.record.version }),
      (e) => e.httpStatus === 409 && e.code === 'CONCURRENT_UPDATE');
    const byTime = await client.data.update(object, made.id, named('D'), { ifMatch: changed.record.updated_at });
    assert.equal(byTime.record[field], `${mark} D`);
    assert.deepEqual(await client.data.delete(object, made.id), { object, id: made.id, success: true });
    await assert.rejects(client.data.get(object, made.id), (e) => e.httpStatus === 404 && e.code === 'RECORD_NOT_FOUND');
  },
  async 'finds records in every way the client asks'() {
    const { records } = CreateManyDataResponseSchema.parse(
      await client.data.createMany(object, [named('F1'), named('F2')]));
    assert.equal(records.length, 2);
    const byEquality = await client.data.find(object, { where: named('F1'), fields: ['id', field], limit: 10 });
    assert.deepEqual(byEquality.records, [{ id: records[0].id, [field]: `${mark} F1` }]);
    const filter = [field, 'starts_with', `${mark} F`];
    const sorted = await client.data.find(object, { filters: filter, sort: [`-${field}`], top: 1, skip: 0 });
    assert.equal(sorted.records[0][field], `${mark} F2`);
    assert.equal(sorted.hasMore, true);
    const queried = await client.data.query(object,
      createQuery(object).select('id', field).where((w) => w.startsWith(field, `${mark} F`)).orderBy(field, 'desc').build());
    assert.deepEqual(queried.records.map((r) => r[field]), [`${mark} F2`, `${mark} F1`]);
    await assert.rejects(client.data.find(object, { where: { no_such_field: 1 } }), (e) => e.httpStatus === 400);
    if (client.capabilities.export) {
      const lines = await (await client.data.export(object, { filter: { id: records[0].id }, header: false })).text();
      assert.ok(lines.includes(`${mark} F1`) && lines.trim().split('\n').length === 1);
      const sorted = await client.data.export(object,
        { format: 'json', filter, orderby: { [field]: 'desc', id: 'asc' }, limit: 2 });
      assert.deepEqual((await sorted.json()).map((record) => record[field]), [`${mark} F2`, `${mark} F1`]);
    }
    const gone = await client.data.deleteMany(object, records.map((r) => r.id));
    assert.equal(gone.succeeded, 2);
  },
  async 'imports at once and in jobs, and takes an import back'() {
    const rows = ['I1', 'I2'].map((suffix) => ({ Column: `${mark} ${suffix}` }));
    const order = { rows, mapping: { Column: field } };
    let trial;
    try {
      trial = ImportResponseSchema.parse(await client.data.import(object, { ...order, dryRun: true }));
    } catch (e) {
      if (e.httpStatus !== 404) throw e;
      return skip('import');
    }
    assert.deepEqual([trial.dryRun, trial.created, trial.errors], [true, 2, 0]);
    const { jobId } = await client.data.createImportJob(object, { ...order, writeMode: 'insert' });
    const job = async () => ImportJobProgressSchema.parse(await client.data.getImportJobProgress(jobId));
    while (['pending', 'running'].includes((await job()).status)) await new Promise((done) => setTimeout(done, 50));
    const results = ImportJobResultsSchema.parse(await client.data.getImportJobResults(jobId));
    assert.deepEqual([results.status, results.created, results.undoable], ['succeeded', 2, true]);
    const jobs = await client.data.listImportJobs({ object, status: 'succeeded', limit: 10, offset: 0 });
    assert.ok(jobs.map((one) => ImportJobSummarySchema.parse(one)).some((one) => one.jobId === jobId));
    assert.equal((await client.data.cancelImportJob(jobId)).success, false);
    const undone = UndoImportJobResponseSchema.parse(await client.data.undoImportJob(jobId));
    assert.deepEqual([undone.deleted, undone.failed], [2, 0]);
    assert.equal((await client.data.find(object, { filters: [field, 'starts_with', `${mark} I`] })).records.length, 0);
  },
  async 'changes many at once'() {
    const batch = await client.data.batch(object,
      { operation: 'create', records: [{ data: named('B1') }, { data: named('B2') }], options: { atomic: true, returnRecords: true } });
    BatchUpdateResponseSchema.parse(batch);
    assert.equal(batch.success, true);
    assert.deepEqual(batch.results.map((r) => r.data[field]), [`${mark} B1`, `${mark} B2`]);
    const [first, second] = batch.results.map((r) => r.id);
    const updated = await client.data.updateMany(object,
      [{ id: first, data: named('B3') }, { id: second, data: named('B4') }]);
    assert.equal(updated.succeeded, 2);
    const copy = await client.data.clone(object, first, named('B5'));
    assert.equal(copy.sourceId, first);
    assert.equal(copy.record[field], `${mark} B5`);
    const { results } = await client.data.batchTransaction([
      { object, action: 'create', data: named('T') },
      { object, action: 'update', id: first, data: named('T1') },
      { object, action: 'delete', id: second }]);
    assert.equal(results.length, 3);
    assert.equal(results[1][field], `${mark} T1`);
    await client.data.deleteMany(object, [first, copy.id, results[0].id]);
    const left = await client.data.find(object, { filters: [field, 'starts_with', mark] });
    assert.equal(left.records.length, 0);
  },
  async 'stores files in every way the client knows'() {
    if (!client.capabilities.files) return skip('files');
    const stored = await client.storage.upload(new File(['0123456789'], 'numbers.txt', { type: 'text/plain' }));
    FileUploadResponseSchema.parse(stored);
    assert.equal(stored.data.size, 10);
    const url = await client.storage.getDownloadUrl(stored.data.fileId);
    assert.equal(await (await fetch(url)).text(), '0123456789');
    const size = 5242880;
    const whole = new Uint8Array(size + 7).fill(65);
    const begun = await client.storage.initChunkedUpload(
      { filename: 'large.bin', mimeType: 'application/octet-stream', totalSize: whole.length, chunkSize: size });
    assert.equal(begun.data.totalChunks, 2);
    await client.storage.uploadPart(begun.data.uploadId, 0, begun.data.resumeToken, new Blob([whole.slice(0, size)]));
    const resumed = await client.storage.resumeUpload(begun.data.uploadId, whole.buffer, size, begun.data.resumeToken);
    CompleteChunkedUploadResponseSchema.parse(resumed);
    assert.equal(resumed.data.size, whole.length);
    const large = await fetch(await client.storage.getDownloadUrl(resumed.data.fileId), { headers: { Range: 'bytes=-7' } });
    assert.equal(large.status, 206);
    assert.equal(await large.text(), 'AAAAAAA');
  },
  async 'lists packages and notifications where the server has them'() {
    const { services } = await client.connect();
    if (services.packages.enabled) {
      const { packages, total } = await client.packages.list();
      assert.equal(packages.length, total);
      assert.ok((await client.packages.list({ enabled: true })).packages.every((one) => one.enabled));
      assert.equal((await client.packages.get(packages[0].id)).package.manifest.id, packages[0].id);
      await assert.rejects(client.packages.get('no-such-package'), (e) => e.httpStatus === 404);
    } else {
      skip('packages');
    }
    if (services.notifications.enabled) {
      const { notifications } = ListNotificationsResponseSchema.parse(
        await client.notifications.list({ read: false, limit: 5 }));
      const { readCount } = await client.notifications.markRead(notifications.map((one) => one.id));
      assert.equal(readCount, notifications.length);
      assert.equal((await client.notifications.markAllRead()).success, true);
      assert.equal((await client.notifications.list()).unreadCount, 0);
    } else {
      skip('notifications');
    }
  },
  async 'counts and sums by cubes'() {
    if (!client.capabilities.analytics) return skip('analytics');
    const told = await client.analytics.meta(object);
    const [cube] = AnalyticsMetadataResponseSchema.parse({ success: true, data: told }).data;
    assert.ok(cube.measures.some((measure) => measure.name === `${object}.count`));
    const { records } = await client.data.createMany(object, [named('Q'), named('Q')]);
    const counted = await client.analytics.query({ cube: object, measures: ['count'], dimensions: [field],
      where: named('Q'), order: { count: 'desc' }, limit: 5 });
    const { data } = AnalyticsResultResponseSchema.parse({ success: true, data: counted });
    assert.deepEqual(data.rows, [{ [field]: `${mark} Q`, count: 2 }]);
    await client.data.deleteMany(object, records.map((one) => one.id));
  },
  async 'looks after its own account'() {
    const person = await somebody('owner');
    if (!person) return skip('accounts');
    GetAuthConfigResponseSchema.parse(await client.auth.getConfig());
    assert.equal((await client.auth.bootstrapStatus()).hasOwner, true);
    const { auth } = person.client;
    assert.deepEqual(await auth.updateUser({ name: 'Renamed', image: null }), { status: true });
    assert.equal((await auth.me()).user.name, 'Renamed');
    assert.deepEqual((await auth.accounts.list()).accounts.map((one) => one.providerId), ['credential']);
    await assert.rejects(auth.accounts.unlink({ accountId: 'nobody:1' }), (e) => e.httpStatus === 404);
    const [second, third] = [await signedIn(person.email, PASSWORD), await signedIn(person.email, PASSWORD)];
    const { sessions } = await auth.sessions.list();
    assert.equal(sessions.length, 3);
    await auth.sessions.revoke((await second.auth.sessions.list()).sessions.find((one) => one.current).token);
    assert.equal(await second.auth.me(), null);
    await auth.sessions.revokeOthers();
    assert.equal(await third.auth.me(), null);
    await assert.rejects(auth.changePassword({ currentPassword: 'wrong', newPassword: `${PASSWORD}2` }),
      (e) => e.code === 'INVALID_PASSWORD');
    const changed = await auth.changePassword({ currentPassword: PASSWORD, newPassword: `${PASSWORD}2` });
    person.client.token = changed.token;
    assert.equal(changed.user.email, person.email);
    await auth.sessions.revokeAll();
    const again = await signedIn(person.email, `${PASSWORD}2`);
    await again.auth.logout();
    assert.equal(await again.auth.me(), null);
  },
  async 'signs in by a second factor'() {
    const person = await somebody('careful');
    if (!person) return skip('accounts');
    const { twoFactor } = person.client.auth;
    const { totpURI } = await twoFactor.enable({ password: PASSWORD });
    await assert.rejects(twoFactor.verifyTotp({ code: 'none' }), (e) => e.code === 'INVALID_TWO_FACTOR_CODE');
    const confirmed = await twoFactor.verifyTotp({ code: oneTimeCode(totpURI) });
    assert.equal(confirmed.user.twoFactorEnabled, true);
    person.client.token = confirmed.token;
    const { backupCodes } = await twoFactor.generateBackupCodes({ password: PASSWORD });
    const other = new ObjectStackClient({ baseUrl, logger: quiet });
    await other.connect();
    const asked = await other.auth.login({ email: person.email, password: PASSWORD });
    assert.equal(asked.twoFactorRedirect, true);
    // A browser has the token in a cookie.
    const { token } = await other.auth.twoFactor.verifyBackupCode(
      { code: backupCodes[0], twoFactorToken: asked.twoFactorToken });
    other.token = token;
    assert.equal((await other.auth.me()).user.email, person.email);
    await twoFactor.disable({ password: PASSWORD });
    assert.equal((await person.client.auth.me()).user.twoFactorEnabled, false);
  },
  async 'makes an organization, and invites somebody'() {
    const person = await somebody('guest');
    if (!person) return skip('organizations');
    const mine = client.organizations;
    const theirs = person.client.organizations;
    const slug = `client-${process.pid}-${Date.now()}`;
    const made = await mine.create({ name: 'Made', slug });
    assert.equal(made.members[0].role, 'owner');
    assert.equal((await mine.update(made.id, { name: 'Renamed', slug })).name, 'Renamed');
    await assert.rejects(mine.update(made.id, { metadata: { a: 1 } }), (e) => e.fields[0].field === 'metadata');
    assert.ok((await mine.list()).organizations.some((one) => one.id === made.id));
    await assert.rejects(theirs.create({ name: 'Theirs', slug: `${slug}-2` }), (e) => e.code === 'PERMISSION_DENIED');
    await assert.rejects(theirs.get(made.id), (e) => e.httpStatus === 404);
    const wanted = { email: person.email, role: 'member', organizationId: made.id };
    const first = await mine.invite(wanted);
    assert.deepEqual((await mine.get(made.id)).invitations.map((one) => one.id), [first.id]);
    // The organization is not the active one.
    assert.equal((await mine.invitations.cancel(first.id)).status, 'canceled');
    const second = await mine.invitations.resend(await mine.invite(wanted));
    assert.deepEqual((await theirs.invitations.listMine()).invitations.map((one) => one.id), [second.id]);
    const rejected = await theirs.invitations.reject(second.id);
    assert.deepEqual([rejected.invitation.status, rejected.member], ['rejected', null]);
    const accepted = await theirs.invitations.accept((await mine.invite(wanted)).id);
    assert.deepEqual([accepted.invitation.status, accepted.member.role], ['accepted', 'member']);
    assert.deepEqual((await mine.invitations.list(made.id)).invitations.map((one) => one.status).sort(),
      ['accepted', 'canceled', 'canceled', 'rejected']);
    assert.equal((await theirs.setActive(made.id)).slug, slug);
    assert.equal((await theirs.getActiveMember(made.id)).id, accepted.member.id);
    assert.equal((await theirs.listMembers(made.id)).total, 2);
    await assert.rejects(theirs.invite({ ...wanted, email: 'x@client.example' }),
      (e) => e.code === 'PERMISSION_DENIED');
    assert.equal((await mine.updateMemberRole(made.id, { memberId: accepted.member.id, role: 'admin' })).role, 'admin');
    assert.equal((await theirs.leave(made.id)).member.id, accepted.member.id);
    const back = await signedIn(person.email, PASSWORD);
    await back.organizations.invitations.accept((await mine.invite(wanted)).id);
    assert.equal((await mine.removeMember(made.id, { memberIdOrEmail: person.email })).member.user.email, person.email);
    // Whoever deletes an organization names it twice, which the client does not.
    await assert.rejects(mine.delete(made.id), (e) => e.fields[0].field === 'slug');
    await ask('organization/delete', { organizationId: made.id, slug });
    await assert.rejects(mine.get(made.id), (e) => e.httpStatus === 404);
  },
  async 'is told that there is no such thing'() {
    for (const call of [() => client.organizations.teams.list('none'), () => client.reports.list(),
      () => client.ai.models(), () => client.approvals.listRequests(), () => client.analytics.explain({}),
      () => client.environments.list(), () => client.environment('e').data.find(object),
      () => client.meta.getBookTree('none'), () => client.packages.export('none')]) {
      await assert.rejects(call(), (e) => e.httpStatus === 404 && e.code.length > 0 && e.message.length > 0);
    }
  },
  async 'is told what is wrong'() {
    await assert.rejects(client.data.create('no_such_object', {}),
      (e) => e.httpStatus === 404 && e.code === 'OBJECT_NOT_FOUND' && e.message.length > 0);
    await assert.rejects(client.data.createImportJob(object, {}), (e) => e.httpStatus === 404 || e.httpStatus === 400);
  },
};

let failures = 0;
for (const [name, step] of Object.entries(steps)) {
  try {
    await step();
    console.log(`ok - ${name}`);
  } catch (e) {
    failures++;
    console.log(`not ok - ${name}\n${e.stack}\n${JSON.stringify(e.details ?? null)}`);
  }
}
process.exit(failures === 0 ? 0 : 1);
