import { z } from 'zod';
import { addDays, type Day, dayIn, daysBetween, startOfDay } from '../../../../kernel/day.ts';
import { ask, question } from '../../../../platform/clickhouse/query.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { readBrand } from '../../../../platform/settings.ts';
import type { Members } from '../../members/members.ts';
import { birthdaysDue } from '../rules/birthday.ts';
import { type Benefit, isRunning, readBenefits } from '../store/benefits.ts';
import { insertGrants } from './insert-grants.ts';

const peopleAtOnce = 2_000;
/** Birthdays that were missed while nothing ran are made up for this long. */
const mostDays = 30;

const bornOnDays = question({
  name: 'whose birthday it is',
  sql: `select customer_no as customerNo from customer final where status = 'active' and isNotNull(birth_date) and formatDateTime(birth_date, '%m-%d') in {monthDays:Array(String)}
    and customer_no > {after:UInt32} order by customer_no limit {most:UInt32}`,
  params: z.object({ monthDays: z.array(z.string()), after: z.number(), most: z.number() }),
  row: z.object({ customerNo: z.number() }),
  limits: { timeoutMs: 60_000 },
});

/**
 * Gives what birthdays bring: those of today again and again, for whoever joined or told theirs meanwhile, and those of days that were missed.
 * Once a person, benefit and year, whatever birthday they say.
 */
export async function celebrate(platform: Platform, members: Members): Promise<void> {
  const { pg: pool, clock } = platform;
  const now = clock.now();
  const { timeZone } = await readBrand(pool);
  const today = dayIn(timeZone, now);
  const benefits = (await readBenefits(pool)).filter((benefit) => benefit.kind === 'birthday' && isRunning(benefit, now.getTime()));
  const { rows: [done] } = await pool.query<{ day: Day }>("select position ->> 'day' as day from membership_cursor where name = 'birthdays'");
  const first = done && done.day < today ? addDays(done.day, 1) : today;
  for (let day = daysBetween(first, today) > mostDays ? addDays(today, -mostDays) : first; day <= today; day = addDays(day, 1)) {
    for (const benefit of benefits) if (startOfDay(day, timeZone).getTime() >= startOfDay(dayIn(timeZone, new Date(benefit.startsAt)), timeZone).getTime()) await celebrateDay(platform, members, benefit, day, startOfDay(day, timeZone));
    await pool.query("insert into membership_cursor (name, position) values ('birthdays', $1) on conflict (name) do update set position = excluded.position", [JSON.stringify({ day })]);
  }
}

async function celebrateDay({ pg: pool, reader, clock }: Platform, members: Members, benefit: Benefit, day: Day, at: Date): Promise<void> {
  const { promise } = benefit.definition;
  const { year, monthDays } = birthdaysDue(day, promise.kind === 'birthday' ? promise.daysBefore : 0);
  for (let after = 0; ;) {
    const born = (await ask(reader, bornOnDays, { monthDays, after, most: peopleAtOnce })).map(({ customerNo }) => customerNo);
    await inTransaction(pool, async (client) => {
      const standings = await members.standings(born, client);
      const had = await alreadyHad(client, benefit.benefitId, year, [...standings.values()].flatMap(({ accounts }) => accounts));
      const wanted = [...standings].filter(([, { tier, accounts }]) => benefit.tiers.includes(tier) && !accounts.some((no) => had.has(no))).map(([customerNo, { tier }]) => ({
        key: `birthday ${benefit.benefitId} ${customerNo} ${year}`, benefit, customerNo, tier, cycleStart: null, occurredAt: at.getTime(), derivation: { occasion: 'birthday' as const },
      }));
      await insertGrants(client, wanted, clock.now());
    });
    if (born.length < peopleAtOnce) return;
    after = born[born.length - 1];
  }
}

/** Which numbers had the gift of a year, whoever they are part of now. */
async function alreadyHad(client: Parameters<Parameters<typeof inTransaction>[1]>[0], benefitId: number, year: number, customerNos: readonly number[]): Promise<Set<number>> {
  const { rows } = await client.query<{ customerNo: number }>('select customer_no as "customerNo" from benefit_grant where key in (select $1 || no || $2 from unnest($3::int[]) as n (no))',
    [`birthday ${benefitId} `, ` ${year}`, customerNos]);
  return new Set(rows.map(({ customerNo }) => customerNo));
}
