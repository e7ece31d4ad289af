// Runs clients that many people use, unmodified, against a server: node graphql.test.mjs
// OBJECTOS_URL, OBJECTOS_EMAIL, OBJECTOS_PASSWORD say which server, with the CRM, and as whom.
import assert from 'node:assert/strict';
import { buildClientSchema, getIntrospectionQuery, parse, validate, validateSchema } from 'graphql';
import { GraphQLClient, gql } from 'graphql-request';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createSocketClient } from 'graphql-ws';
import WebSocket from 'ws';
import { take } from './steps.mjs';

const { OBJECTOS_URL: baseUrl, OBJECTOS_EMAIL: email, OBJECTOS_PASSWORD: password } = process.env;
const url = `${baseUrl}/graphql`;
const company = `Client ${process.pid} ${Date.now()}`;

const signedIn = await fetch(`${baseUrl}/api/auth/sign-in/email`, {
  method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ email, password }),
});
const headers = { Authorization: `Bearer ${(await signedIn.json()).token}` };
const client = new GraphQLClient(url, { headers });

const settled = async (condition) => {
  for (let i = 0; i < 200 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 50));
  assert.ok(condition());
};

/** Collects what a subscription tells, which begins with changes that are made until the first of them is told. */
const subscribed = async (subscribe, query, made) => {
  const told = [];
  const failures = [];
  const end = subscribe({ query }, {
    next: (answer) => told.push(answer), error: (failure) => failures.push(failure), complete: () => {},
  });
  for (let i = 0; i < 50 && told.length === 0 && failures.length === 0; i++) await made();
  assert.deepEqual(failures, []);
  return { told, end };
};
const create = (name) => client.request(gql`mutation($input: leads_CreateInput!) { create_leads(input: $input) { id } }`,
  { input: { name, company } });
const remove = (id) => client.request(gql`mutation($id: ID!) { delete_leads(id: $id) { id success } }`, { id });

const steps = {
  async 'reads a schema that is valid'() {
    const schema = buildClientSchema(await client.request(getIntrospectionQuery({
      specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true, inputValueDeprecation: true,
    })));
    assert.deepEqual(validateSchema(schema), []);
    assert.deepEqual(validate(schema, parse('{ accounts { name contacts { last_name } } }')), []);
    assert.ok(schema.getType('leads').getFields().status.type.toString().startsWith('leads_status_Option'));
  },
  async 'queries and changes'() {
    const { create_leads: { id } } = await create('Queried');
    const { leads } = await client.request(gql`query($where: leads_Where) { leads(where: $where) { id name } }`,
      { where: { company: { _eq: company } } });
    assert.deepEqual(leads, [{ id, name: 'Queried' }]);
    assert.deepEqual((await remove(id)).delete_leads, { id, success: true });
    await assert.rejects(remove(id), (e) => e.response.errors[0].extensions.code === 'RECORD_NOT_FOUND');
  },
  async 'is told what is wrong with a document'() {
    await assert.rejects(client.request('{ leads { zzqx } }'), (e) => e.response.status === 200
      && e.response.errors[0].extensions.code === 'INVALID_FIELD');
    const strict = new GraphQLClient(url, { headers: { ...headers, Accept: 'application/graphql-response+json' } });
    await assert.rejects(strict.request('{ leads { zzqx } }'), (e) => e.response.status === 400);
    assert.equal((await strict.request('{ __typename }')).__typename, 'Query');
  },
  async 'counts what belongs to each record'() {
    const { accounts } = await client.request(gql`{ accounts(limit: 3) {
      contacts { id } contacts_aggregate { count } contacts_connection(first: 1) { totalCount nodes { id } } } }`);
    for (const { contacts, contacts_aggregate: [{ count }], contacts_connection: page } of accounts) {
      assert.equal(count, contacts.length);
      assert.equal(page.totalCount, contacts.length);
      assert.deepEqual(page.nodes, contacts.slice(0, 1));
    }
  },
  async 'is told of changes over a WebSocket'() {
    const socket = createSocketClient({ url: url.replace('http', 'ws'), webSocketImpl: WebSocket,
      connectionParams: headers });
    const query = `subscription { leads_changed(where: {company: {_eq: "${company}"}}) {
      action id record { name owner { name } } } }`;
    const { told, end } = await subscribed(socket.subscribe, query, async () => {
      await create('Told');
      await new Promise((resolve) => setTimeout(resolve, 100));
    });
    assert.equal(told[0].data.leads_changed.action, 'created');
    assert.equal(told[0].data.leads_changed.record.name, 'Told');
    const { id } = told[0].data.leads_changed;
    await remove(id);
    await settled(() => told.some(({ data: { leads_changed: change } }) => change.id === id && change.action === 'deleted'
      && change.record === null));
    end();
    const counted = await new Promise((resolve, reject) => socket.subscribe({ query: '{ leads_aggregate { count } }' },
      { next: resolve, error: reject, complete: () => {} }));
    assert.ok(counted.data.leads_aggregate[0].count > 0);
    await socket.dispose();
  },
  async 'is told of changes by server-sent events'() {
    const events = createSseClient({ url, headers });
    const { told, end } = await subscribed(events.subscribe, 'subscription { leads_changed { action id } }', async () => {
      await create('Streamed');
      await new Promise((resolve) => setTimeout(resolve, 100));
    });
    assert.equal(told[0].data.leads_changed.action, 'created');
    end();
    events.dispose();
  },
  async 'is refused without a session'() {
    const nobody = createSocketClient({ url: url.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0,
      connectionParams: { Authorization: 'Bearer none' } });
    const closed = await new Promise((resolve) => nobody.subscribe({ query: '{ __typename }' },
      { next: resolve, error: resolve, complete: () => {} }));
    assert.equal(closed.code, 4401);
  },
};

await take(steps);
