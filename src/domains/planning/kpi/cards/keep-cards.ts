import type pg from 'pg';
import type { z } from 'zod';
import type { Actor } from '../../../../kernel/actor.ts';
import { dayIn } from '../../../../kernel/day.ts';
import { formatDecimal, parseDecimal } from '../../../../kernel/decimal.ts';
import { conflict, notFound, Problem } from '../../../../kernel/problem.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { recordAudit } from '../../../access/public.ts';
import { type CardPart, type changeCard, daysOf, type ItemBody, type openCards } from '../../contract.ts';
import type { PlanningDoors } from '../../part.ts';
import type { Figures } from '../../figures/figures.ts';
import { natureOf } from '../../figures/nature.ts';
import { lockPlan } from '../../items/changes.ts';
import { requirePresent } from '../../items/stored.ts';
import { requirePlan } from '../../plans/keep-plans.ts';
import { partsFault } from '../rules/score-line.ts';
import { partsWithin } from '../rules/stay.ts';
import { isOwn } from './read-cards.ts';
import { mostCards, requireCard } from './store.ts';

type Said<E extends { body?: z.ZodType }> = z.output<NonNullable<E['body']>>;

/** Throws where parts are no card: weights that are not 100 in all, or a curve that contradicts itself. */
export function demandParts(parts: readonly CardPart[]): void {
  const fault = partsFault(parts);
  if (!fault) return;
  const sum = parts.reduce((all, { weight }) => all + (parseDecimal(weight) ?? 0n), 0n);
  throw new Problem(`planning.${fault.code}`, {
    status: 422, params: { sum: formatDecimal(sum), name: fault.at === null ? '' : parts[fault.at].name }, fields: [{ path: fault.at === null ? 'body.parts' : `body.parts.${fault.at}`, code: fault.code }],
  });
}

/** Opens a card for each of some people; who changes positions within a period has one for each stay. */
export async function openCardsOf({ platform: { pg: pool, clock }, figures }: PlanningDoors, planNo: number, said: Said<typeof openCards>, actor: Actor): Promise<number[]> {
  await requirePlan(pool, planNo);
  return inTransaction(pool, (client) => openCardsIn(client, figures, planNo, said, actor, clock.now()));
}

/** Opens cards within a transaction of the caller's. */
export async function openCardsIn(client: pg.PoolClient, figures: Pick<Figures, 'metric'>, planNo: number, said: Said<typeof openCards>, actor: Actor, at: Date): Promise<number[]> {
  await lockPlan(client, planNo);
  const template = await requirePresent(client, planNo, said.templateNo);
  if (template.kind !== 'scorecard') throw notFound('planning.item_not_found', { itemNo: said.templateNo });
  const { name, parts } = template.body as ItemBody<'scorecard'>;
  const whole = daysOf(said.period);
  const people = said.people.map(({ from = whole.from, until = whole.to, ...person }) => ({ ...person, from, until }));
  if (people.some(({ from, until }) => from > until || from < whole.from || until > whole.to)) throw new Problem('planning.days_not_of_period', { status: 422, params: { period: said.period }, fields: [{ path: 'body.people', code: 'days_not_of_period' }] });
  demandEachOnce(people);
  const { rows: [{ opened }] } = await client.query<{ opened: number }>('select count(*)::int as opened from kpi_card where plan_no = $1 and period = $2', [planNo, said.period]);
  if (opened + people.length > mostCards) throw conflict('planning.too_many_cards', { period: said.period, most: mostCards, opened });
  if (said.endsOthers) await endOthers(client, figures, planNo, said.period, people, actor);
  const columns = [people.map(({ staffId }) => staffId), people.map(({ name: of }) => of), people.map(({ from }) => from), people.map(({ until }) => until)];
  const { rows: twice } = await client.query<{ name: string }>(
    `select person_name as name from kpi_card c join unnest($3::int[], $4::text[], $5::date[], $6::date[]) as p (staff_id, name, from_day, until_day)
        on (p.staff_id = c.staff_id or (p.staff_id is null and c.staff_id is null and p.name = c.person_name)) and c.from_day <= p.until_day and c.until_day >= p.from_day
      where plan_no = $1 and template_no = $2 limit 1`, [planNo, said.templateNo, ...columns]);
  if (twice.length > 0) throw conflict('planning.card_twice', { name: twice[0].name });
  const { rows } = await client.query<{ cardNo: number }>(
    `insert into kpi_card (plan_no, template_no, period, team, position_name, opened_at, opened_by, staff_id, person_name, from_day, until_day, parts)
      select $1, $2, $3, $4, $5, $6, $7, p.* from unnest($8::int[], $9::text[], $10::date[], $11::date[], $12::jsonb[]) as p returning card_no as "cardNo"`,
    [planNo, said.templateNo, said.period, said.team, name, at, actor.name, ...columns, people.map((own) => JSON.stringify(partsWithin(parts, { from: whole.from, until: whole.to }, own, addsUpBy(figures))))]);
  await recordAudit(client, { actor, action: 'planning.open_cards', subject: `plan:${planNo}`, details: { template: said.templateNo, period: said.period, cards: rows.length } });
  return rows.map(({ cardNo }) => cardNo);
}

/** Ends open cards of people who changed positions on the day before their new ones begin; what they ask for becomes that of the days that are left. */
async function endOthers(client: pg.PoolClient, figures: Pick<Figures, 'metric'>, planNo: number, period: string, people: readonly Stay[], actor: Actor): Promise<void> {
  const { rows } = await client.query<{ cardNo: number; from: string; until: string; end: string; parts: CardPart[]; staffId: number | null; isFrozen: boolean; isWaiting: boolean }>(
    `select distinct on (card_no) card_no as "cardNo", c.from_day::text as "from", until_day::text as "until", (p.from_day - 1)::text as "end", parts, c.staff_id as "staffId",
        exists (select from kpi_freeze f where f.card_no = c.card_no and reopened_at is null) as "isFrozen", exists (select from kpi_change h where h.card_no = c.card_no and decision = 'waiting') as "isWaiting"
      from (select card_no, from_day, until_day, parts, staff_id, person_name from kpi_card where plan_no = $1 and period = $5 for update) c (card_no, from_day, until_day, parts, staff_id, person_name)
        join unnest($2::int[], $3::text[], $4::date[]) as p (staff_id, name, from_day) on (p.staff_id = c.staff_id or (p.staff_id is null and c.staff_id is null and p.name = c.person_name)) and c.from_day < p.from_day and c.until_day >= p.from_day
      order by card_no, p.from_day`, [planNo, people.map(({ staffId }) => staffId), people.map(({ name }) => name), people.map(({ from }) => from), period]);
  for (const { cardNo, from, until, end, parts, staffId, isFrozen, isWaiting } of rows) {
    if (isOwn({ staffId }, actor)) throw conflict('planning.own_card', { cardNo });
    if (isFrozen) throw conflict('planning.card_frozen', { cardNo });
    if (isWaiting) throw conflict('planning.change_waits', { cardNo });
    await client.query('update kpi_card set until_day = $2, parts = $3, version = version + 1 where card_no = $1', [cardNo, end, JSON.stringify(partsWithin(parts, { from, until }, { from, until: end }, addsUpBy(figures)))]);
    await recordAudit(client, { actor, action: 'planning.end_card', subject: `card:${cardNo}`, details: { until: end, before: until } });
  }
}

interface Stay {
  staffId: number | null;
  name: string;
  from: string;
  until: string;
}

/** Work is counted, and so are figures that are more the longer one looks. */
const addsUpBy = (figures: Pick<Figures, 'metric'>) => (part: CardPart): boolean => {
  if (part.kind !== 'outcome') return part.kind === 'process';
  const known = figures.metric(part.metric.metric);
  return known !== undefined && ['sum', 'distinct'].includes(natureOf(known));
};

/** Throws `planning.card_twice` where somebody is named for a day twice. */
function demandEachOnce(people: readonly Stay[]): void {
  for (const own of Map.groupBy(people, ({ staffId, name }) => staffId ?? name).values()) {
    const inOrder = own.toSorted((a, b) => a.from.localeCompare(b.from));
    const second = inOrder.find(({ from }, i) => i > 0 && from <= inOrder[i - 1].until);
    if (second) throw conflict('planning.card_twice', { name: second.name });
  }
}

/** Throws `planning.card_frozen`. */
export async function demandOpen(client: pg.PoolClient, cardNo: number): Promise<void> {
  const { rowCount } = await client.query('select from kpi_freeze where card_no = $1 and reopened_at is null', [cardNo]);
  if (rowCount) throw conflict('planning.card_frozen', { cardNo });
}

/** Accounts and tokens are counted apart: one of each with the same number are two. */
const secondKey = ({ kind, id }: Actor): number => (kind === 'token' ? -id : id);

/** Changes what a card asks for; once its days have begun a second person has to approve it. */
export function changeParts({ platform: { pg: pool, clock } }: PlanningDoors, cardNo: number, { version, parts, reason }: Said<typeof changeCard>, actor: Actor): Promise<{ isWaiting: boolean }> {
  demandParts(parts);
  return inTransaction(pool, async (client) => {
    const card = await requireCard(client, cardNo, true);
    if (isOwn(card, actor)) throw conflict('planning.own_card', { cardNo });
    if (card.version !== version) throw conflict('planning.card_changed', { cardNo });
    await demandOpen(client, cardNo);
    const { timeZone } = await readBrand(client);
    const isWaiting = card.from <= dayIn(timeZone, clock.now());
    if (isWaiting && reason === '') throw new Problem('planning.change_needs_reason', { status: 422, fields: [{ path: 'body.reason', code: 'change_needs_reason' }] });
    if (isWaiting) {
      const { rowCount } = await client.query(
        `insert into kpi_change (card_no, parts, reason, asked_by, asked_id, asked_at) values ($1, $2, $3, $4, $5, $6) on conflict (card_no) where decision = 'waiting' do nothing`,
        [cardNo, JSON.stringify(parts), reason, actor.name, secondKey(actor), clock.now()]);
      if (!rowCount) throw conflict('planning.change_waits', { cardNo });
    } else {
      await client.query('update kpi_card set parts = $2, version = version + 1 where card_no = $1', [cardNo, JSON.stringify(parts)]);
    }
    await recordAudit(client, { actor, action: isWaiting ? 'planning.ask_card_change' : 'planning.change_card', subject: `card:${cardNo}`, details: { reason } });
    return { isWaiting };
  });
}

/** The second person's word on a change. Throws `planning.own_change` for who asked for it. */
export function decideChange({ platform: { pg: pool, clock } }: PlanningDoors, cardNo: number, changeNo: number, isApproved: boolean, actor: Actor): Promise<void> {
  return inTransaction(pool, async (client) => {
    // Nobody makes their own targets easier, neither alone nor by the word of who works for them.
    if (isOwn(await requireCard(client, cardNo, true), actor)) throw conflict('planning.own_card', { cardNo });
    const { rows: [change] } = await client.query<{ askedId: number; decision: string }>('select asked_id as "askedId", decision from kpi_change where card_no = $1 and change_no = $2 for update', [cardNo, changeNo]);
    if (!change) throw notFound('planning.change_not_found', { changeNo });
    if (change.decision !== 'waiting') throw conflict('planning.change_decided', { changeNo });
    if (change.askedId === secondKey(actor)) throw conflict('planning.own_change', { changeNo });
    await demandOpen(client, cardNo);
    await client.query('update kpi_change set decision = $2, decided_by = $3, decided_id = $4, decided_at = $5 where change_no = $1', [changeNo, isApproved ? 'approved' : 'refused', actor.name, secondKey(actor), clock.now()]);
    if (isApproved) await client.query('update kpi_card c set parts = h.parts, version = version + 1 from kpi_change h where h.change_no = $1 and c.card_no = h.card_no', [changeNo]);
    await recordAudit(client, { actor, action: 'planning.decide_card_change', subject: `card:${cardNo}`, details: { changeNo, isApproved } });
  });
}
