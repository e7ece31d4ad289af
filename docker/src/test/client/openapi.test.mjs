// Lints the OpenAPI document of a server, generates a client of it, type-checks the program that uses it (client.mts) and runs that:
// node openapi.test.mjs
// OBJECTOS_URL, OBJECTOS_EMAIL, OBJECTOS_PASSWORD say which server, with the CRM, and as whom.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { createConfig, lint } from '@redocly/openapi-core';
import openapiTypescript, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import { take } from './steps.mjs';

const { OBJECTOS_URL: baseUrl, OBJECTOS_EMAIL: email, OBJECTOS_PASSWORD: password } = process.env;

const json = async (path, options) => (await fetch(baseUrl + path, options)).json();
const { token } = await json('/api/auth/sign-in/email', {
  method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ email, password }),
});
const document = await json('/api/openapi.json', { headers: { Authorization: `Bearer ${token}` } });
await writeFile('openapi.json', JSON.stringify(document, null, 1));

const steps = {
  async 'passes the recommended rules'() {
    const config = await createConfig({
      extends: ['recommended'],
      rules: {
        // /{id}/restore and /trash/{id}: what stands for an id is one, so that no address fits both.
        'no-ambiguous-paths': 'off',
        // Where browsers come back to from providers, they are sent on and nothing else.
        'operation-2xx-response': 'off',
      },
    });
    const problems = await lint({ ref: 'openapi.json', config });
    assert.deepEqual(problems.map(({ ruleId, message, location: [at] }) => `${ruleId}: ${message} (${at?.pointer})`), []);
  },
  async 'makes a client that type-checks'() {
    await writeFile('objectos.d.ts', astToString(await openapiTypescript(document)));
    const program = ts.createProgram(['client.mts'], {
      strict: true, skipLibCheck: false, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext, types: ['node'],
    });
    const { diagnostics } = program.emit();
    const found = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
    assert.equal(ts.formatDiagnostics(found, {
      getCurrentDirectory: () => process.cwd(), getCanonicalFileName: (name) => name, getNewLine: () => '\n',
    }), '');
  },
  async 'works with the server'() {
    const { use } = await import('./client.mjs');
    await use(baseUrl, email, password);
  },
};

await take(steps);
