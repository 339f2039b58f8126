import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lineagesOf } from '../../src/domains/customers/public.ts';
import { createLedger } from '../../src/domains/membership/ledger/ledger.ts';
import { proveLedger } from '../../src/domains/membership/ledger/store/proof.ts';
import { Problem } from '../../src/kernel/problem.ts';
import { openPlatform } from '../input/open-platform.ts';
import type { Figure } from '../run.ts';

const clients = 200;
const each = 100;
const customerNo = 1;

/** Many spend one member's points at once, through two ledgers as two servers do. There are points for half of what they ask. */
export async function* measure(): AsyncGenerator<Figure> {
  const dataDir = mkdtempSync(join(tmpdir(), 'perennial-one-member-'));
  const { platform, close } = await openPlatform(dataDir);
  try {
    await platform.pg.query('insert into customer (customer_no, created_at) values ($1, now())', [customerNo]);
    const ledgers = [createLedger(platform, lineagesOf), createLedger(platform, lineagesOf)];
    const there = (clients * each) / 2;
    const base = { customerNo, occurredAt: Date.now(), derivation: {} };
    await ledgers[0].execute({ ...base, key: 'earned', kind: 'earn', amount: there, availableAt: 0, expiresAt: null });
    const took: number[] = [];
    const outcomes = new Map<string, number>();
    const startedMs = performance.now();
    await Promise.all(Array.from({ length: clients }, async (_, client) => {
      for (let i = 0; i < each; i++) {
        const sentMs = performance.now();
        const outcome = await ledgers[client % 2].execute({ ...base, key: `${client} ${i}`, kind: 'spend', amount: 1 }).then(() => 'spent', (error: unknown) => (error instanceof Problem ? error.code : String(error)));
        took.push(performance.now() - sentMs);
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }
    }));
    const perSecond = Math.round(took.length / ((performance.now() - startedMs) / 1_000));
    const p99 = Math.round((took.sort((a, b) => a - b)[Math.floor(took.length * 0.99)] ?? 0) * 10) / 10;
    const [spent, refused] = [outcomes.get('spent') ?? 0, outcomes.get('membership.insufficient_points') ?? 0];
    const { imbalances, wrongLots } = await proveLedger(platform.pg);
    const wrong = Math.abs(spent - there) + (took.length - spent - refused) + imbalances.length + wrongLots.length;
    const size = { clients, commands: took.length };
    yield { name: 'points.one_member', value: perSecond, unit: '/s', target: 1_000, holds: perSecond >= 1_000, ...size, spent, refused };
    yield { name: 'points.one_member.p99', value: p99, unit: 'ms', target: 500, holds: p99 <= 500, ...size };
    yield { name: 'points.one_member.wrong', value: wrong, unit: 'commands', target: 0, holds: wrong === 0, ...size };
  } finally {
    await close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
