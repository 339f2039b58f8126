import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { locales } from '../../../../kernel/locale.ts';
import { notFound, Problem } from '../../../../kernel/problem.ts';
import { route, type Route } from '../../../../platform/http/route.ts';
import { createShownNames } from '../../../customers/public.ts';
import { keepHeldBack, listDecisions, listHeldBack, readHeldBack } from '../../contract/gate.ts';
import { reasons } from '../../contract.ts';
import type { MessagingDoors } from '../../part.ts';
import { allHeld, listHeld, readHeld } from './held-back.ts';
import { readRules } from '../settings/store.ts';
import { readKeptFrom } from './kept-from.ts';
import { decisionsOf } from './of-person.ts';
import type { Programs } from './programs.ts';

/** What was decided about somebody, and who was held back by what. */
export function ledgerRoutes({ platform, customers, audiences, say }: MessagingDoors, programs: Programs): Route[] {
  const { pg, clock } = platform;
  const namesOf = createShownNames(platform);
  return [
    route(listDecisions, async ({ params: { customerNo }, query }) => {
      const lineage = await customers.lineage(customerNo);
      if (lineage.length === 0) throw notFound('messaging.nobody', { customerNo });
      return { ...(await decisionsOf(pg, programs, lineage, query)), keptFrom: await readKeptFrom(pg), computedAt: clock.now().toISOString() };
    }),
    route(readHeldBack, async ({ query }) => {
      const [held, { rules: { keptMonths } }, keptFrom] = await Promise.all([readHeld(platform, programs, query), readRules(pg), readKeptFrom(pg)]);
      return { ...held, keptMonths, keptFrom };
    }),
    route(listHeldBack, async ({ query }) => {
      const { people, next } = await listHeld(platform, query);
      const names = await namesOf(people.map((person) => person.customerNo));
      return {
        next,
        people: people.map(({ customerNo, runNo, reason, decidedAt, nextAt }) => ({
          customerNo, runNo, reason: reasons[reason], name: names.get(customerNo) ?? null, decidedAt: decidedAt.toISOString(), nextAt: nextAt?.toISOString() ?? null,
        })),
      };
    }),
    route(keepHeldBack, async ({ body: { name, ...by }, actor }) => {
      const people = Bitmap.of(await allHeld(platform, by));
      if (people.size === 0) throw new Problem('messaging.nobody_held_back', { status: 409 });
      const sentences = Object.fromEntries(locales.map((locale) => [locale, say(locale, 'messaging', by.reason ? 'ledger.foundBy' : 'ledger.found', { days: by.days, reason: by.reason ? say(locale, 'messaging', `reason.${by.reason}`) : '' })])) as Record<(typeof locales)[number], string>;
      return { audienceId: await audiences.keepFound({ name, reason: sentences[actor.locale], people, sentences }, actor) };
    }),
  ];
}
