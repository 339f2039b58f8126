import { dayIn } from '../../../kernel/day.ts';
import type { Locale } from '../../../kernel/locale.ts';
import { readBrand } from '../../../platform/settings.ts';
import type { Evidence, ItemBody, Reading, ShownEvidence } from '../contract.ts';
import type { PlanningDoors } from '../part.ts';

/** A page waits so long for figures; what takes longer is said to be pending. */
const waitMs = 5_000;

type Doors = Pick<PlanningDoors, 'platform' | 'items' | 'figures' | 'audiences'>;
type MetricEvidence = Extract<Evidence, { from: 'metric' }>;

/** What the notes of a plan stand on, as it is now. */
export async function readEvidenceOf({ platform, items, figures, audiences }: Doors, planNo: number, locale: Locale): Promise<{ itemNo: number; evidence: ShownEvidence[] }[]> {
  const [notes, { timeZone }, { metrics }] = await Promise.all([items.list(planNo, ['swot_note']), readBrand(platform.pg), figures.metrics(locale)]);
  const bodies = notes.map(({ itemNo, body }) => ({ itemNo, evidence: (body as ItemBody<'swot_note'>).evidence }));
  const all = bodies.flatMap(({ evidence }) => evidence);
  const today = dayIn(timeZone, platform.clock.now());
  const asked = all.filter((each): each is MetricEvidence => each.from === 'metric');
  const readings = await readMetrics(figures, asked, today);
  const sizes = new Map((await audiences.sizesOf(all.flatMap((each) => (each.from === 'audience' ? each.audienceId : [])))).map((size) => [size.audienceId, size]));
  const show = (one: Evidence): ShownEvidence => {
    if (one.from === 'typed') return { ...nothing, from: 'typed', label: one.text, state: 'known', source: one.source };
    if (one.from === 'audience') {
      const size = sizes.get(one.audienceId);
      if (!size) return { ...nothing, from: 'audience', label: String(one.audienceId), state: 'gone' };
      return { ...nothing, from: 'audience', label: size.name, state: 'known', value: String(size.size), unit: 'count', computedAt: size.freshAt?.toISOString() ?? null, path: `/users/audiences/${one.audienceId}` };
    }
    const metric = metrics.find(({ name }) => name === one.asked.metric);
    const label = `${metric?.label ?? one.asked.metric}${one.asked.filter ? ` · ${one.asked.filter.value}` : ''}`;
    const { state, value, period, months, computedAt } = readings.get(one)!;
    return { ...nothing, from: 'metric', label, state, value, unit: metric?.unit ?? null, period, months, computedAt };
  };
  return bodies.map(({ itemNo, evidence }) => ({ itemNo, evidence: evidence.map(show) }));
}

const nothing = { value: null, unit: null, period: null, months: [], computedAt: null, source: null, path: null };

/** The days of so many months that end with a day's month. */
export function monthsUntil(today: string, months: number): { from: string; to: string } {
  const [year, month] = today.split('-').map(Number);
  return { from: new Date(Date.UTC(year, month - months, 1)).toISOString().slice(0, 10), to: today };
}

/** Readings of all of them, those of the same length asked together. */
async function readMetrics(figures: Doors['figures'], asked: readonly MetricEvidence[], today: string): Promise<Map<MetricEvidence, Reading>> {
  const lengths = [...Map.groupBy(asked, ({ months }) => months)];
  const read = await Promise.all(lengths.map(async ([months, group]) => {
    const readings = await figures.read(group.map(({ asked: one }) => one), monthsUntil(today, months), waitMs);
    return group.map((one, n) => [one, readings[n]] as const);
  }));
  return new Map(read.flat());
}
