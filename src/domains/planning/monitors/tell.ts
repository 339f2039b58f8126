import type pg from 'pg';
import { createFormat, type Format } from '../../../kernel/format.ts';
import type { Locale } from '../../../kernel/locale.ts';
import { type Brand, readBrand } from '../../../platform/settings.ts';
import { type DirectoryEntry, readDirectory } from '../../access/public.ts';
import { button, card, heading, html, page } from '../../insights/public.ts';
import type { ItemBody, PlanMetric } from '../contract.ts';
import type { PlanningDoors } from '../part.ts';
import { boundText } from './bound-text.ts';
import { type Letter, noteLetters } from '../post/post.ts';
import { readRobots, say as letRobotsSay, type StoredRobot } from '../robots/store.ts';
import type { KeptReading, Watched } from './store.ts';

/** News of a rule: the figure by which it was crossed, or holds again. */
export interface News {
  rule: Watched;
  turn: 'within' | 'crossed';
  reading: KeptReading;
}

/** Who can be told at the moment: accounts that are not shut, robots that were not forgotten. */
export interface Listeners {
  /** Where links lead; null where no mail leaves yet. */
  site: string | null;
  accounts: DirectoryEntry[];
  robots: StoredRobot[];
}

export const readListeners = async (pool: pg.Pool, site: string | null): Promise<Listeners> => ({ site, accounts: await readDirectory(pool), robots: await readRobots(pool) });

/** Whom a rule tells. */
export function listenersOf({ body: { tellsOwner, tellsAccounts, tellsRobots }, project: { owner } }: Watched, { accounts, robots }: Pick<Listeners, 'accounts' | 'robots'>): Pick<Listeners, 'accounts' | 'robots'> {
  const wanted = new Set([...tellsAccounts, ...(tellsOwner && owner?.staffId ? [owner.staffId] : [])]);
  return { accounts: accounts.filter(({ staffId }) => wanted.has(staffId)), robots: robots.filter(({ robotNo }) => tellsRobots.includes(robotNo)) };
}

/** False where somebody is to be written to and no mail leaves yet: that waits, instead of being lost. */
export function canTell(rule: Watched, listeners: Listeners): boolean {
  const { accounts, robots } = listenersOf(rule, listeners);
  return listeners.site !== null || robots.length > 0 || accounts.length === 0;
}

/** Says news in a language. */
function voiceIn({ say, figures }: Pick<PlanningDoors, 'say' | 'figures'>, { timeZone, currency }: Brand, locale: Locale, site: string | null) {
  const format = createFormat({ locale, timeZone, currency });
  const word = (key: string, params: Record<string, unknown> = {}): string => say(locale, 'planning', `monitors.mail.${key}`, params);
  const lineOf = ({ rule: { body, project }, turn, reading }: News): string => {
    const text = (value: string): string => monitorText(format, value, body, figures.metric(body.metric?.metric ?? '')?.unit);
    const days = reading.from === reading.to ? format.date(reading.to) : word('days', { from: format.date(reading.from), to: format.date(reading.to) });
    return word(turn, { project: project.name, name: body.name, days, value: text(reading.value!), bound: boundText(body.bound, text, (key, params) => say(locale, 'planning', key, params)) });
  };
  const message = (own: readonly News[]) => {
    const crossed = own.filter(({ turn }) => turn === 'crossed').length;
    const [{ rule }] = own;
    const path = own.every(({ rule: { projectNo } }) => projectNo === rule.projectNo) ? `/plan/projects/${rule.projectNo}?plan=${rule.planNo}&tab=monitoring` : `/plan/projects?plan=${rule.planNo}`;
    return { title: crossed > 0 ? word('crossedTitle', { count: crossed }) : word('withinTitle', { count: own.length }), lines: own.map(lineOf), href: site === null ? null : `${site}${path}` };
  };
  return { word, message };
}

/** Tells news: each person in one letter in their language and each group in one message in the brand's, however many there are. Told when the transaction holds. */
export async function tell(doors: PlanningDoors, client: pg.PoolClient, news: readonly News[], listeners: Listeners): Promise<void> {
  if (news.length === 0) return;
  const { clock, pg: pool } = doors.platform;
  const brand = await readBrand(pool);
  const toEach = <T>(of: (rule: Watched) => readonly T[]): [T, News[]][] => [...Map.groupBy(news.flatMap((each) => of(each.rule).map((to) => ({ to, each }))), ({ to }) => to)].map(([to, all]) => [to, all.map(({ each }) => each)]);
  const letters = listeners.site === null ? [] : toEach((rule) => listenersOf(rule, listeners).accounts).map(([{ name, email, language }, own]): Letter => {
    const locale = language ?? brand.language;
    const { word, message } = voiceIn(doors, brand, locale, listeners.site);
    const { title, lines, href } = message(own);
    const [why, open] = [word('why'), word('open')];
    return {
      about: `monitor:${own[0].rule.itemNo}`, to: { name, address: email }, locale, subject: title,
      html: page(locale, title, card(html`${heading(title)}${lines.map((line) => html`<p>${line}</p>`)}<p>${why}</p>${button(href!, open)}`)), text: [title, ...lines, why, href].join('\n'),
    };
  });
  if (letters.length > 0) await noteLetters(client, letters, clock.now());
  const { word, message } = voiceIn(doors, brand, brand.language, listeners.site);
  for (const [{ robotNo }, own] of toEach((rule) => listenersOf(rule, listeners).robots)) {
    const { title, lines, href } = message(own);
    await letRobotsSay(client, [robotNo], { title, lines, link: href === null ? null : { text: word('open'), href } }, clock.now());
  }
}

/** A figure of a rule in its unit. */
export function monitorText(format: Format, value: string, { unit }: Pick<ItemBody<'monitor'>, 'unit'>, metricUnit: PlanMetric['unit'] | undefined): string {
  if (metricUnit === 'money') return format.money(value);
  return metricUnit === 'percent' ? format.percent(Number(value)) : `${format.number(value, 2)}${unit}`;
}
