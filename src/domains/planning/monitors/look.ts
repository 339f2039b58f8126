import { addDays, dayIn } from '../../../kernel/day.ts';
import { createMailer } from '../../../platform/mail/mailer.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { readBrand } from '../../../platform/settings.ts';
import type { PlanningDoors } from '../part.ts';
import { figureKeyOf, measure, shownPeriods, wantedPeriods } from './measure.ts';
import { judge } from './rules/judge.ts';
import { windowsUntil } from './rules/windows.ts';
import { forgetReadings, holdRules, keepReadings, keepStandings, keepTurns, type KeptStanding, putOff, readDue, readReadings, readStandings, type Turn } from './store.ts';
import { canTell, listenersOf, type News, readListeners, tell } from './tell.ts';

const hourMs = 3_600_000;
/** Figures that could not be counted are tried again soon: an engine that starts again takes a minute. */
const failedMs = 300_000;

/**
 * Looks at rules whose time has come: reads figures of whole periods, decides, and tells what is news, all of a look in one transaction. Two
 * who look at once wait for each other there, and the second finds that it was told.
 */
export function createLook(doors: PlanningDoors, mailer = createMailer(doors.platform)): () => Promise<number> {
  const { platform: { pg: pool, clock, log }, figures } = doors;
  return async () => {
    const now = clock.now();
    const due = await readDue(pool, now);
    if (due.length === 0) return 0;
    const until = addDays(dayIn((await readBrand(pool)).timeZone, now), -1);
    const rules = due.map((rule) => ({ ...rule, figureKey: figureKeyOf(rule.body), newest: windowsUntil(rule.body.window, until, 1)[0].to }));
    const itemNos = rules.map(({ itemNo }) => itemNo);
    const [standings, kept, listeners] = await Promise.all([readStandings(pool, itemNos), readReadings(pool, itemNos, shownPeriods), mailer.siteAddress().then((site) => readListeners(pool, site))]);
    const wanted = rules.map((rule) => {
      const isSame = standings.get(rule.itemNo)?.figureKey === rule.figureKey && rule.body.metric !== null;
      return { rule, periods: wantedPeriods(rule.body, until, isSame ? (kept.get(rule.itemNo) ?? []).map(({ to }) => to) : []) };
    });
    const { readings, failed } = await measure(figures, wanted, now, (error) => log.warn({ err: error }, 'figures of monitoring rules could not be read and will be tried again'));
    await inTransaction(pool, async (client) => {
      const held = await holdRules(client, rules, now);
      const own = rules.filter(({ itemNo }) => held.has(itemNo) && !failed.has(itemNo));
      const before = await readStandings(client, [...held]);
      await forgetReadings(client, own.filter(({ itemNo, figureKey }) => before.get(itemNo)?.figureKey !== figureKey).map(({ itemNo }) => itemNo));
      await keepReadings(client, readings.filter(({ itemNo }) => own.some((rule) => rule.itemNo === itemNo)));
      const measured = await readReadings(client, own.map(({ itemNo }) => itemNo), shownPeriods);
      const news: News[] = [];
      const after = own.map((rule): KeptStanding => {
        const { itemNo, figureKey, body, project } = rule;
        const last = before.get(itemNo);
        const old = last?.figureKey === figureKey ? last : null;
        const found = measured.get(itemNo)!;
        // What was before a project began is none of its business.
        const { standing, turn } = judge(old, found.map(({ from, to, value }) => ({ from, to, value: value === null || to < project.from ? null : Number(value) })), body);
        if (turn === null) return { itemNo, figureKey, ...standing };
        if (!canTell(rule, listeners)) return { itemNo, figureKey, state: standing.state, since: standing.since, told: old?.told ?? 'within', crossedFor: old?.crossedFor ?? null, withinFor: old?.withinFor ?? null };
        news.push({ rule, turn, reading: found[0] });
        return { itemNo, figureKey, ...standing };
      });
      await keepStandings(client, after, now, new Date(now.getTime() + hourMs));
      await putOff(client, [...failed].filter((itemNo) => held.has(itemNo)), now, new Date(now.getTime() + failedMs));
      await keepTurns(client, news.map(({ rule, turn, reading }): Turn => {
        const { accounts, robots } = listenersOf(rule, listeners);
        return { ...reading, turn, told: [...(listeners.site === null ? [] : accounts), ...robots].map(({ name }) => name) };
      }), now);
      await tell(doors, client, news, listeners);
    });
    return due.length;
  };
}
