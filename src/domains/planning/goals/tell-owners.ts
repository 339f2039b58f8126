import type { Day } from '../../../kernel/day.ts';
import { createFormat, type Format } from '../../../kernel/format.ts';
import type { Locale } from '../../../kernel/locale.ts';
import type { Mailer } from '../../../platform/mail/mailer.ts';
import { readBrand } from '../../../platform/settings.ts';
import { readDirectory } from '../../access/public.ts';
import { button, card, heading, html, page } from '../../insights/public.ts';
import { periodOf, periodUnits } from '../contract.ts';
import type { PlanningDoors } from '../part.ts';
import { type AlertRow, takeUntold } from './alerts.ts';
import type { Goal } from './gather.ts';

/** Writes to the owners of goals that are off their path at the end of a day: one mail to each, once for each time a goal leaves it. */
export async function tellOwners({ platform: { pg: pool, clock, log }, say, figures }: PlanningDoors, mailer: Mailer, planNo: number, goals: readonly Goal[], until: Day): Promise<void> {
  const site = await mailer.siteAddress();
  if (site === null) return;
  const owned = new Map(goals.flatMap((goal) => (goal.body.owner?.staffId ? [[goal.itemNo, { goal, staffId: goal.body.owner.staffId }] as const] : [])));
  const directory = new Map((await readDirectory(pool)).map((entry) => [entry.staffId, entry]));
  const reachable = [...owned].filter(([, { staffId }]) => directory.has(staffId)).map(([itemNo]) => itemNo);
  const alerts = await takeUntold(pool, reachable, periodUnits.map((unit) => periodOf(until, unit)), clock.now());
  const { timeZone, currency, language: usual } = await readBrand(pool);
  const written = (format: Format, { body }: Goal, value: number): string => {
    const unit = body.metric ? figures.metric(body.metric.metric)?.unit : undefined;
    return unit === 'money' ? format.money(value) : unit === 'percent' ? format.percent(value) : unit === 'count' ? format.number(Math.round(Number(value))) : format.number(value, 2);
  };
  const line = (locale: Locale, { itemNo, period, actual, path }: AlertRow): string => {
    const { goal } = owned.get(itemNo)!;
    const format = createFormat({ locale, timeZone, currency });
    return say(locale, 'planning', 'goals.mail.line', { goal: goal.body.name, period: format.period(period), actual: written(format, goal, actual), path: written(format, goal, path) });
  };
  for (const [staffId, own] of Map.groupBy(alerts, ({ itemNo }) => owned.get(itemNo)!.staffId)) {
    const locale = directory.get(staffId)!.language ?? usual;
    const subject = say(locale, 'planning', 'goals.mail.subject', { count: own.length });
    const link = `${site}/plan/goals?plan=${planNo}`;
    const [why, open] = [say(locale, 'planning', 'goals.mail.why'), say(locale, 'planning', 'goals.mail.open')];
    const lines = own.map((alert) => line(locale, alert));
    const body = page(locale, subject, card(html`${heading(subject)}${lines.map((each) => html`<p>${each}</p>`)}<p>${why}</p>${button(link, open)}`));
    await mailer.send({ to: directory.get(staffId)!.email, subject, html: body, text: [subject, ...lines, why, link].join('\n'), attachments: [], id: `goals-${own[0].alertNo}`, language: locale })
      .catch((error: unknown) => log.warn({ err: error, alert: own[0].alertNo }, 'nobody could be told of a goal off its path'));
  }
}
