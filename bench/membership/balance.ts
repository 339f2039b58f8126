import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lineagesOf } from '../../src/domains/customers/public.ts';
import { explainRoutes } from '../../src/domains/membership/earning/explain/routes.ts';
import { createLedger } from '../../src/domains/membership/ledger/ledger.ts';
import { pointsRoutes } from '../../src/domains/membership/points/routes.ts';
import { createProgramme } from '../../src/domains/membership/programme/programme.ts';
import { systemActor } from '../../src/kernel/actor.ts';
import { createServer } from '../../src/platform/http/server.ts';
import { createSay } from '../../src/platform/i18n.ts';
import { fillLedger } from '../input/ledger-of-many.ts';
import { openPlatform } from '../input/open-platform.ts';
import type { MembershipSize } from '../membership.ts';
import type { Figure } from '../run.ts';

const rounds = 1_000;

/** What somebody has, the lines that say why, all of them in a sentence, and how one came about; of people all over the ledger, over HTTP. */
export async function* measure({ members }: MembershipSize): AsyncGenerator<Figure> {
  // A folder that is named is kept, and its data used again.
  const kept = process.env.PERENNIAL_DATA_DIR;
  const dataDir = kept ?? mkdtempSync(join(tmpdir(), 'perennial-balance-'));
  const { platform, log, close } = await openPlatform(dataDir);
  try {
    await fillLedger(platform.pg, members);
    const say = createSay();
    const routes = [...pointsRoutes(platform, createLedger(platform, lineagesOf), say), ...explainRoutes({ platform, say, programme: createProgramme(platform) })];
    const server = await createServer({ log, say, routes, authenticate: async () => systemActor });
    const paths = {
      balance: () => 'points', lines: () => 'points/entries', explanation: () => 'points/explanation', explanation_of_a_line: (no: number) => `points/entries/${3 * no + 2}/explanation`,
    };
    for (const [name, path] of Object.entries(paths)) {
      const took: number[] = [];
      for (let i = 0; i < rounds; i++) {
        const no = 1 + ((i * 7_919 * 104_729) % members);
        const startedMs = performance.now();
        const reply = await server.inject({ method: 'GET', url: `/api/members/${no}/${path(no)}` });
        if (reply.statusCode !== 200) throw new Error(reply.body);
        took.push(performance.now() - startedMs);
      }
      const p95 = Math.round((took.sort((a, b) => a - b)[Math.floor(rounds * 0.95)] ?? 0) * 10) / 10;
      yield { name: `membership.${name}.p95`, value: p95, unit: 'ms', target: 30, holds: p95 <= 30, members };
    }
    await server.close();
  } finally {
    await close();
    if (!kept) rmSync(dataDir, { recursive: true, force: true });
  }
}
