import { createFieldRegistry } from '../src/domains/audiences/fields/registry.ts';
import { createRound } from '../src/domains/audiences/live/round.ts';
import { resolveRule } from '../src/domains/audiences/resolve/resolve.ts';
import { createSetEvaluator } from '../src/domains/audiences/set/evaluator.ts';
import { makeAudience } from '../src/domains/audiences/stored/keeping/keep-audiences.ts';
import { createMemberships } from '../src/domains/audiences/stored/membership/memberships.ts';
import { everybody } from '../src/domains/audiences/contract.ts';
import { systemActor } from '../src/kernel/actor.ts';
import { readConfig } from '../src/platform/config.ts';
import { connect, type Connections } from '../src/platform/connect.ts';
import { createLog } from '../src/platform/log.ts';

/** Run as a process of its own: keeps live audiences up to date and freezes one now and then, until it is killed. */
const connections = JSON.parse(process.argv[2]) as Connections;
const { platform } = connect(readConfig({ PERENNIAL_DATA_DIR: connections.folders.facts }), connections, createLog('fatal'));
const fields = createFieldRegistry();
const memberships = createMemberships(platform);
const sets = { members: memberships.members, list: memberships.list, tag: async () => null };
let version = 0;
const evaluator = createSetEvaluator(platform, async () => ({ hasMerges: true, facts: String(++version), customers: String(version) }), sets);
const round = createRound({ platform, fields, evaluator, memberships, sets });
const keeping = { platform, evaluate: (rule: Parameters<typeof resolveRule>[0], now: Date) => evaluator.evaluate(resolveRule(rule, fields, { now, timeZone: 'UTC', untilMs: null })) };
process.send?.(0);
for (let turn = 0; ; turn++) {
  process.send?.(await round());
  if (turn % 3 === 1) await makeAudience(keeping, { name: `frozen ${process.pid} ${turn}`, reason: '', kind: 'fixed', rule: everybody }, systemActor);
}
