import type { FastifyInstance } from 'fastify';
import { createTestPlatform, createTestServer, type TestPlatform } from './harness.ts';
import { createSay } from '../src/platform/i18n.ts';
import { createCommerce } from '../src/domains/commerce/public.ts';
import { createCustomers, type Customers } from '../src/domains/customers/public.ts';
import { createFactLog, type FactLog } from '../src/domains/collect/facts/fact-log.ts';
import { createImports, type Imports } from '../src/domains/collect/imports/imports.ts';
import type { ImportDeps } from '../src/domains/collect/imports/run/import-deps.ts';
import { runImport } from '../src/domains/collect/imports/run/run-import.ts';
import type { ImportView } from '../src/domains/collect/imports/contract.ts';

/** Imports over stores of their own, with an HTTP server and a worker that is told when to work. */
export interface TestImports extends TestPlatform {
  deps: ImportDeps;
  imports: Imports;
  facts: FactLog;
  customers: Customers;
  server: FastifyInstance;
  /** Uploads a file as a person with these permissions; the reply as it came. */
  upload(fileName: string, content: string | Buffer, permissions?: string): Promise<{ status: number; body: Record<string, unknown> }>;
  /** A JSON request as a person with these permissions. */
  ask(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown, permissions?: string): Promise<{ status: number; body: Record<string, unknown>; text: string }>;
  /** Uploads a file and begins it with the guessed mapping, changed as said; does the work; answers with the import. */
  bringIn(fileName: string, content: string | Buffer, change?: (draft: Record<string, unknown>) => void): Promise<ImportView>;
  /** Does what is to be done for an import. */
  work(importId: number, signal?: AbortSignal): Promise<void>;
}

const allowed = 'collect.import collect.undo customers.reveal';

export async function createTestImports(): Promise<TestImports> {
  const test = await createTestPlatform();
  const { platform } = test;
  const facts = createFactLog(platform);
  await facts.start();
  const customers = createCustomers(platform);
  const deps: ImportDeps = { platform, facts, customers, commerce: createCommerce(platform), say: createSay() };
  const imports = createImports(deps);
  await platform.jobs.start(false);
  const server = await createTestServer(platform, imports.routes);
  const ask: TestImports['ask'] = async (method, path, body, permissions = allowed) => {
    const reply = await server.inject({
      method, url: path, headers: { 'x-test-permissions': permissions, 'accept-language': 'en' }, ...(body === undefined ? {} : { payload: body as object }),
    });
    const isJson = String(reply.headers['content-type']).includes('json');
    return { status: reply.statusCode, body: isJson ? reply.json() : {}, text: reply.body };
  };
  const upload: TestImports['upload'] = async (fileName, content, permissions = allowed) => {
    const form = new FormData();
    form.append('file', new Blob([Buffer.from(content)]), fileName);
    const packed = new Response(form);
    const reply = await server.inject({
      method: 'POST', url: '/api/imports', payload: Buffer.from(await packed.arrayBuffer()),
      headers: { 'content-type': packed.headers.get('content-type') ?? '', 'x-test-permissions': permissions, 'accept-language': 'en' },
    });
    return { status: reply.statusCode, body: reply.json() };
  };
  const work = (importId: number, signal = new AbortController().signal): Promise<void> => runImport(deps, importId, signal);
  return {
    ...test, deps, imports, facts, customers, server, ask, upload, work,
    async bringIn(fileName, content, change = () => {}) {
      const uploaded = await upload(fileName, content);
      if (uploaded.status !== 201) throw new Error(JSON.stringify(uploaded.body));
      const { importId } = uploaded.body as { importId: number };
      const { guess } = (await ask('GET', `/api/imports/${importId}/inspection`)).body as { guess: { draft: Record<string, unknown> } };
      change(guess.draft);
      const started = await ask('POST', `/api/imports/${importId}/start`, { mapping: guess.draft });
      if (started.status !== 202) throw new Error(JSON.stringify(started.body));
      await work(importId);
      return (await ask('GET', `/api/imports/${importId}`)).body as unknown as ImportView;
    },
    async close() {
      await server.close();
      await facts.stop();
      await test.close();
    },
  };
}
