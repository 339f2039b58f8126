import type pg from 'pg';
import { addDays, type Day, dayIn } from '../../../../kernel/day.ts';
import { type Locale, locales } from '../../../../kernel/locale.ts';
import { readBrand } from '../../../../platform/settings.ts';
import type { CardEvidence, CardPart, Reading } from '../../contract.ts';
import type { PlanningDoors } from '../../part.ts';
import type { CardRow, MarkRow } from '../cards/store.ts';
import { beginningOf, type DueRow, dueRows, readAgreedDays, readDueItems } from './due-days.ts';
import { noRows, readPlanRows } from './plan-rows.ts';
import { countWork, isOfPlan, type WorkAsked } from './work.ts';

type PartOf<K extends CardPart['kind']> = Extract<CardPart, { kind: K }>;
type Wanted<K extends CardPart['kind']> = { card: CardRow; part: PartOf<K> };

/** What cards stand on now: metrics, work, milestones and marks of all of them, each asked for once; with `waitMs` metrics as far as they are counted in that time. */
export async function gatherEvidence(doors: PlanningDoors, cards: readonly CardRow[], marks: readonly MarkRow[], waitMs = Infinity): Promise<Map<number, { part: CardPart; evidence: CardEvidence }[]>> {
  const { platform: { pg: pool, clock } } = doors;
  const { timeZone } = await readBrand(pool);
  const computedAt = clock.now().toISOString();
  const today = dayIn(timeZone, clock.now());
  const wanted = <K extends CardPart['kind']>(kind: K): Wanted<K>[] => cards.flatMap((card) => card.parts.filter((part): part is PartOf<K> => part.kind === kind).map((part) => ({ card, part })));
  const [outcomes, counts, due] = await Promise.all([readOutcomes(doors, wanted('outcome'), waitMs), countOf(doors, wanted('process'), timeZone), dueOf(pool, wanted('progress'), timeZone)]);
  const evidenceOf = (card: CardRow, part: CardPart): CardEvidence => {
    const key = `${card.cardNo} ${part.key}`;
    if (part.kind === 'outcome') return outcomes.get(key)!;
    // Nobody has done nothing in days that are to come.
    if (part.kind === 'process') return { kind: 'process', ...(card.from <= today && counts.get(key) || { state: card.from <= today ? 'no_account' as const : 'not_begun' as const, count: 0, rows: [] }), computedAt };
    if (part.kind === 'progress') return { kind: 'progress', asOf: lookedAtOn(card, today), rows: due.get(key)!, computedAt };
    const mark = (by: 'self' | 'superior') => {
      const found = marks.find((each) => each.cardNo === card.cardNo && each.key === part.key && each.kind === by);
      return found ? { score: found.score, reason: found.reason, by: found.by, at: found.at.toISOString() } : null;
    };
    return { kind: 'subjective', superior: mark('superior'), self: mark('self'), shift: card.shift };
  };
  return new Map(cards.map((card) => [card.cardNo, card.parts.map((part) => ({ part, evidence: evidenceOf(card, part) }))]));
}

/** Days that are over are looked at on the morning after: what was due on the last of them and is not done is late by then, and not left out. */
const lookedAtOn = ({ until }: CardRow, today: Day): Day => (until < today ? addDays(until, 1) : today);

/** By their days: cards of the same days are asked about together. */
async function readOutcomes({ figures, say }: PlanningDoors, wanted: readonly Wanted<'outcome'>[], waitMs: number): Promise<Map<string, CardEvidence>> {
  const byDays = Map.groupBy(wanted, ({ card: { from, until } }) => `${from} ${until}`);
  const found = new Map<string, CardEvidence>();
  await Promise.all([...byDays.values()].map(async (group) => {
    const { from, until } = group[0].card;
    const readings = await figures.read(group.map(({ part }) => part.metric), { from, to: until }, waitMs);
    group.forEach(({ card, part }, at) => found.set(`${card.cardNo} ${part.key}`, outcome(readings[at], part)));
  }));
  return found;

  function outcome({ state, value, period, computedAt }: Reading, { metric }: PartOf<'outcome'>): CardEvidence {
    const known = figures.metric(metric.metric);
    const [namespace, words] = known?.words.split(':') ?? [];
    // What it meant when it was frozen, for readers of every language.
    const text = (locale: Locale, what: string): string => (namespace ? say(locale, namespace, `${words}.${what}`) : metric.metric);
    const textIn = (locale: Locale) => ({ label: text(locale, 'label'), definition: text(locale, 'definition') });
    return { kind: 'outcome', state, value, ...textIn('zh-CN'), texts: Object.fromEntries(locales.map((locale) => [locale, textIn(locale)])), nature: known?.reckoned.kind ?? '', from: period.from, until: period.to, computedAt };
  }
}

async function countOf({ platform: { pg: pool }, items }: PlanningDoors, wanted: readonly Wanted<'process'>[], timeZone: string) {
  const found = new Map<string, { state: 'known'; count: number; rows: { ref: string; at: string }[] }>();
  for (const [planNo, group] of Map.groupBy(wanted.filter(({ card }) => card.staffId !== null), ({ card }) => card.planNo)) {
    const asked = group.map(({ card: { staffId, from, until }, part: { work } }): WorkAsked => ({ staffId: staffId!, work, from, until }));
    const done = await countWork(pool, asked, asked.some(({ work }) => isOfPlan(work)) ? await readPlanRows(items, planNo) : noRows, timeZone);
    group.forEach(({ card, part }, at) => found.set(`${card.cardNo} ${part.key}`, { state: 'known', ...done[at] }));
  }
  return found;
}

/** What was due, each by the day that counts for its card. */
async function dueOf(pool: pg.Pool, wanted: readonly Wanted<'progress'>[], timeZone: string) {
  const agreed = Map.groupBy(await readAgreedDays(pool, wanted.map(({ card }) => card.cardNo)), ({ cardNo }) => cardNo);
  const found = new Map<string, { itemNo: number; name: string; dueOn: Day; doneOn: Day | null; saidOn?: Day; moved?: NonNullable<DueRow['moved']> }[]>();
  for (const [planNo, group] of Map.groupBy(wanted, ({ card }) => card.planNo)) {
    const items = await readDueItems(pool, planNo, beginningOf(group.map(({ card }) => card), timeZone));
    for (const { card, part } of group) {
      const rows = dueRows(card, part.of, items, new Map(agreed.get(card.cardNo)?.map((each) => [each.itemNo, each])), timeZone);
      found.set(`${card.cardNo} ${part.key}`, rows.map(({ movedBy: _movedBy, moved, saidOn, ...row }) => ({ ...row, ...(saidOn !== null && { saidOn }), ...(moved && { moved }) })));
    }
  }
  return found;
}
