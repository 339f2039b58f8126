import { createBackground } from '../../customers/public.ts';
import type { Budget, Channels, Experiments, Gate, MessagingDoors, MessagingPart } from '../part.ts';
import { complaintRoutes } from './complaints/routes.ts';
import { type OptOutTaker, optOut, suppress } from './consent/opt-out.ts';
import { preferenceRoutes } from './consent/routes.ts';
import { sendOptIns } from './consent/send-opt-ins.ts';
import { decide } from './decide.ts';
import { dueAgain } from './due.ts';
import { excludedUses, membersOf } from './read/excluded.ts';
import { heldDecisions } from './held-decisions.ts';
import { plainOf } from './consent/plain.ts';
import { countDays } from './ledger/count-days.ts';
import { createPrograms } from './ledger/programs.ts';
import { ledgerRoutes } from './ledger/routes.ts';
import type { GateSources } from './read/known.ts';
import { countUniversalControl, reshareUniversalControl, universalControl } from './read/universal-control.ts';
import { settingsRoutes } from './settings/routes.ts';
import { readRules } from './settings/store.ts';
import { reachOf } from './reach/reach.ts';
import { release, stillMay } from './still-may.ts';
import { suppressionRoutes } from './suppressions/routes.ts';
import { forgetOldClaims } from './write/old-claims.ts';

/** Between two counts of who was held back. */
const countMs = 60_000;
const forgetMs = 6 * 3_600_000;
const sendMs = 1_000;

/** Decides who may be reached now, and says why not. */
export function createGate(doors: MessagingDoors, experiments?: Experiments, channels?: Pick<Channels, 'isOpen' | 'addressesOf' | 'handOver'>): MessagingPart & Gate {
  const { platform, audiences, customers, say } = doors;
  const optOutTakers: OptOutTaker[] = [];
  const programs = createPrograms();
  let budget: Budget = { affords: async (_client, _run, wanted) => wanted };
  const sources: GateSources = {
    universalControl: universalControl(experiments),
    membersOf: membersOf(audiences),
  };
  audiences.registerUses(excludedUses(say));
  const stopped = new AbortController();
  const background = [
    createBackground('who was held back', () => countDays(platform), countMs, platform.log),
    createBackground('old places under caps', () => forgetOldClaims(platform), forgetMs, platform.log),
    ...(channels ? [createBackground('requests to confirm', () => sendOptIns({ platform, say, customers, channels }, stopped.signal), sendMs, platform.log)] : []),
  ];
  return {
    routes: [
      ...settingsRoutes(doors, { universalControl: () => countUniversalControl(experiments), membersOf: sources.membersOf },
        (client, share, why) => reshareUniversalControl(experiments, client, share, why)),
      ...suppressionRoutes(platform, customers.vault),
      ...complaintRoutes(doors),
      ...ledgerRoutes(doors, programs),
      ...preferenceRoutes(doors, async (client, message, at) => {
        for (const taker of optOutTakers) await taker(client, message, at);
      }, channels),
    ],
    heldData: heldDecisions(platform.pg, customers.vault),
    start: () => background.forEach((each) => each.start()),
    async stop() {
      stopped.abort();
      await Promise.all(background.map((each) => each.stop()));
    },
    keptMonths: async () => (await readRules(platform.pg)).rules.keptMonths,
    registerBudget: (given) => void (budget = given),
    registerPrograms: programs.register,
    programNames: programs.namesOf,
    onOptOut: (taker) => void optOutTakers.push(taker),
    decide: (client, run, people, now) => decide(client, { ...sources, ...budget }, run, people, now),
    stillMay: (client, run, people, now) => stillMay(client, sources, run, people, now),
    reach: (meant, at) => reachOf({ platform, membersOf: sources.membersOf, experiments }, meant, at),
    plainOf,
    release,
    dueAgain,
    optOut: (client, out) => optOut(client, customers, out),
    suppress: (client, suppression) => suppress(client, customers.vault, suppression),
  };
}
