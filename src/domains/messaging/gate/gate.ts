import { optOut, suppress } from './consent/opt-out.ts';
import { decide } from './decide.ts';
import type { GateSources } from './read/known.ts';
import { release, stillMay } from './still-may.ts';
import { dueAgain } from './due.ts';
import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import type { Budget, ComplaintSource, Experiments, Gate, MessagingDoors, MessagingPart } from '../part.ts';
import { universalControl } from './read/universal-control.ts';

/** Decides who may be reached now, and says why not. */
export function createGate({ audiences, customers }: MessagingDoors, experiments?: Experiments): MessagingPart & Gate {
  const complaintSources: ComplaintSource[] = [];
  let budget: Budget = { affords: async (_client, _run, wanted) => wanted };
  const sources: GateSources = {
    async complaints(client, personNos) {
      const found = await Promise.all(complaintSources.map((source) => source.openOf(client, personNos)));
      return found.reduce<ReadonlySet<number>>((all, some) => all.union(some), new Set<number>());
    },
    universalControl: universalControl(experiments),
    membersOf: async (audienceIds) => Bitmap.union(await Promise.all(audienceIds.map((audienceId) => audiences.membersOf(audienceId)))),
  };
  return {
    routes: [],
    registerComplaints: (source) => void complaintSources.push(source),
    registerBudget: (given) => void (budget = given),
    decide: (client, run, people, now) => decide(client, { ...sources, ...budget }, run, people, now),
    stillMay: (client, run, people, now) => stillMay(client, sources, run, people, now),
    release,
    dueAgain,
    optOut: (client, out) => optOut(client, customers, out),
    suppress: (client, suppression) => suppress(client, customers.vault, suppression),
  };
}
