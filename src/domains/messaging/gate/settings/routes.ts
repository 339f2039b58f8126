import { conflict, Problem } from '../../../../kernel/problem.ts';
import { route, type Route } from '../../../../platform/http/route.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { recordAudit } from '../../../access/public.ts';
import { changeGateRules, listGateRules, readGateRules, tryGateRules } from '../../contract/gate.ts';
import { isDeepStrictEqual } from 'node:util';
import type pg from 'pg';
import type { GateRules } from '../../contract/gate-rules.ts';
import type { MessagingDoors } from '../../part.ts';
import { readRules, readVersions, writeRules } from './store.ts';
import { countTouches, type Counting } from './touches.ts';

type Reshare = (client: pg.PoolClient, share: number, why: { reason: string; by: string; at: Date }) => Promise<void>;

/** What the gate goes by: seen, tried and set. */
export function settingsRoutes({ platform, audiences }: Pick<MessagingDoors, 'platform' | 'audiences'>, counting: Counting, reshare: Reshare): Route[] {
  const { pg, clock } = platform;
  const newest = async () => {
    const [version] = await readVersions(pg, 1);
    return version ?? { ...(await readRules(pg)), at: null, by: null };
  };
  return [
    route(readGateRules, newest),
    route(listGateRules, async () => ({ versions: await readVersions(pg, 50) })),
    route(tryGateRules, ({ body: { rules } }) => countTouches(platform, counting, rules)),
    route(changeGateRules, async ({ body: { rules, basedOn, controlReason }, actor }) => {
      await inTransaction(pg, async (client) => {
        await audiences.hold(client, rules.excludedAudiences);
        // Of two who change it at once the second is told.
        await client.query('lock table gate_rules in share row exclusive mode');
        const before = await readRules(client);
        if (before.rulesNo !== basedOn) throw conflict('messaging.rules_changed_meanwhile');
        const isReshared = before.rules.universalControl !== rules.universalControl;
        // What is measured by it begins anew: whoever reads that later wants to know why.
        if (isReshared && before.rules.universalControl > 0 && !controlReason) throw new Problem('messaging.control_reason_missing', { fields: [{ path: 'body.controlReason', code: 'required' }] });
        const rulesNo = await writeRules(client, rules, actor.name, clock.now());
        if (isReshared) await reshare(client, rules.universalControl, { reason: controlReason ?? '', by: actor.name, at: clock.now() });
        await recordAudit(client, { actor, action: 'messaging.change_rules', subject: `gate_rules:${rulesNo}`, details: {
          changed: changedParts(before.rules, rules), ...(isReshared && { universalControl: { from: before.rules.universalControl, to: rules.universalControl, reason: controlReason ?? null } }),
        } });
      });
      return newest();
    }),
  ];
}

const changedParts = (before: GateRules, after: GateRules): string[] =>
  (Object.keys(after) as (keyof GateRules)[]).filter((part) => !isDeepStrictEqual(before[part], after[part]));
