import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp, permissions } from '../../src/app.ts';
import { createTestPlatform, createTestServer } from '../harness.ts';
import { attack, type Attack } from './attack.ts';
import { payloads } from './payloads.ts';

export interface Outcome extends Attack {
  endpoints: number;
  payloads: number;
  /** Connections that anything made to the canary's port. */
  connections: number;
  fileWritten: boolean;
}

/** Attacks every endpoint of the product with every `step`th payload and one of `share` through each place in a body, and says what came of it. */
export async function runAttack(step: number, share: number): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'perennial-canary-'));
  const secret = 'canary-5c1d0c0ffee';
  const readPath = join(folder, 'read');
  const writePath = join(folder, 'written');
  writeFileSync(readPath, `${secret}\n`, { mode: 0o644 });
  let connections = 0;
  const listener = createTcpServer((socket) => {
    connections++;
    socket.destroy();
  });
  await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done));
  const test = await createTestPlatform();
  try {
    const app = createApp(test.platform, undefined);
    const server = await createTestServer(test.platform, app.routes, app.extend);
    await test.platform.jobs.start(false);
    // The harness's member of staff is number 1.
    await test.platform.pg.query("insert into staff (email, name) values ('attacker@example.com', 'attacker')");
    const chosen = payloads({ readPath, writePath, port: (listener.address() as AddressInfo).port }).filter((_, i) => i % step === 0);
    const outcome = await attack(server, app.routes, { 'x-test-permissions': permissions.join(' ') }, { payloads: chosen, share }, secret);
    await server.close();
    return { ...outcome, endpoints: app.routes.length, payloads: chosen.length, connections, fileWritten: existsSync(writePath) };
  } finally {
    await test.close();
    listener.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
