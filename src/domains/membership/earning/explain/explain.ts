import { createFormat } from '../../../../kernel/format.ts';
import type { Locale } from '../../../../kernel/locale.ts';
import { notFound } from '../../../../kernel/problem.ts';
import { readBrand } from '../../../../platform/settings.ts';
import type { EntryExplained, PointsExplained, PointsReason } from '../../contract/explain.ts';
import { balanceOf } from '../../ledger/person.ts';
import { readPerson } from '../../ledger/store/load.ts';
import type { MembershipDoors } from '../../part.ts';
import { entriesNumbered, relatedTo } from '../../points/read-points.ts';
import { shownEntry } from '../../points/routes.ts';
import { stepsOf } from './steps.ts';

type Doors = Pick<MembershipDoors, 'platform' | 'say' | 'programme'>;

/** What lines have in common: orders, returns and what was given by hand are told apart by what is stored with them. */
const reasonSql = `case when kind in ('earn', 'take_back') and derivation ->> 'reason' in ('order', 'refund', 'changed', 'gone', 'opening') and derivation ->> 'by' is null then
    case derivation ->> 'reason' when 'refund' then 'refund' when 'opening' then 'opening' when 'order' then 'order' else 'changed' end
  when derivation ->> 'by' is not null and derivation ->> 'reason' is not null then 'by_hand' else kind end`;

/** Why a person has as many points as they have: all their lines by reason, in a sentence and as rows. What time alone has ended since is told as ended. */
export async function explainedPoints({ platform, say }: Doors, accounts: readonly number[], locale: Locale): Promise<PointsExplained> {
  const at = platform.clock.now();
  const [{ rows }, person, brand] = [
    await platform.pg.query<Omit<PointsReason, 'label'>>({
      name: 'earning.reasons',
      text: `select ${reasonSql} as reason, count(*)::int as lines, sum(amount)::bigint as amount from points_entry where customer_no = any($1::int[]) group by 1`,
      values: [accounts],
    }),
    await readPerson(platform.pg, accounts), await readBrand(platform.pg),
  ];
  const format = createFormat({ locale, timeZone: brand.timeZone, currency: brand.currency });
  const { available, pending, held, debt } = balanceOf(person, at.getTime());
  const points = available + pending + held - debt;
  // Lots that have ended are worth nothing, whether or not that is written down yet.
  const unwritten = rows.reduce((sum, { amount }) => sum + amount, 0) - points;
  const byReason = new Map(rows.filter(({ amount, reason }) => amount !== 0 || reason !== 'net').map((row) => [row.reason, row]));
  if (unwritten !== 0) byReason.set('expire', { reason: 'expire', lines: (byReason.get('expire')?.lines ?? 0) + 1, amount: (byReason.get('expire')?.amount ?? 0) - unwritten });
  const reasons = [...byReason.values()].toSorted((a, b) => b.amount - a.amount)
    .map((row): PointsReason => ({ ...row, label: say(locale, 'membership', `why.reason.${row.reason}`, { shown: format.number(row.lines) }) }));
  const parts = reasons.map(({ reason, amount, lines }) => say(locale, 'membership', `why.part.${reason}`, { points: format.number(Math.abs(amount)), signed: `${amount > 0 ? '+' : ''}${format.number(amount)}`, shown: format.number(lines) }))
    .join(say(locale, 'membership', 'why.separator', {}));
  return {
    customerNo: accounts[0], points, reasons, computedAt: at.toISOString(),
    sentence: reasons.length === 0 ? say(locale, 'membership', 'why.nothing', {}) : say(locale, 'membership', 'why.sentence', { points: format.number(points), parts }),
  };
}

/** How one line came about, and the lines it has to do with. */
export async function explainedEntry({ platform, say, programme }: Doors, accounts: readonly number[], entryNo: number, locale: Locale): Promise<EntryExplained> {
  const [entry] = await entriesNumbered(platform, accounts, [entryNo]);
  if (!entry) throw notFound('membership.no_entry', { entryNo });
  const brand = await readBrand(platform.pg);
  const format = createFormat({ locale, timeZone: brand.timeZone, currency: brand.currency });
  const related = await entriesNumbered(platform, accounts, await relatedTo(platform, accounts, entryNo));
  return {
    entry: shownEntry(entry, say, locale),
    steps: stepsOf(entry.derivation, { say, locale, format, versions: await programme.versions() }),
    related: related.map((row) => shownEntry(row, say, locale)),
  };
}
