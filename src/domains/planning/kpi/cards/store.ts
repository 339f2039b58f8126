import type pg from 'pg';
import type { Day } from '../../../../kernel/day.ts';
import { notFound } from '../../../../kernel/problem.ts';
import type { CardEvidence, CardPart } from '../../contract.ts';
import type { Share } from '../../positions/rules/shares.ts';

type Connection = pg.Pool | pg.PoolClient;

export interface Shift {
  points: string;
  reason: string;
  by: string;
  at: string;
}

export interface CardRow {
  cardNo: number;
  planNo: number;
  period: string;
  from: Day;
  until: Day;
  staffId: number | null;
  personName: string;
  team: string;
  position: string;
  parts: CardPart[];
  shift: Shift | null;
  version: number;
}

export interface MarkRow {
  cardNo: number;
  key: string;
  kind: 'self' | 'superior';
  score: string;
  reason: string;
  by: string;
  at: Date;
}

/** What a frozen score stands on, in the order of the card. */
export type KeptEvidence = { part: CardPart; evidence: CardEvidence }[];

export interface FreezeRow {
  freezeNo: number;
  cardNo: number;
  total: string | null;
  evidence: KeptEvidence;
  by: string;
  at: Date;
  isStanding: boolean;
  /** Null where it was frozen before they were kept. */
  shares: Share[] | null;
}

const columns = `card_no as "cardNo", plan_no as "planNo", period, from_day::text as "from", until_day::text as "until", staff_id as "staffId", person_name as "personName", team, position_name as position, parts, shift, version`;

/** So many cards a period of a plan has; no more are opened, and none is left out of a list. */
export const mostCards = 2_000;

/** Cards of a period of a plan: of an account; everybody's for null. */
export async function readCards(connection: Connection, planNo: number, period: string, staffId: number | null): Promise<CardRow[]> {
  const { rows } = await connection.query<CardRow>(
    `select ${columns} from kpi_card where plan_no = $1 and period = $2 and ($3::int is null or staff_id = $3) order by team, person_name, from_day, card_no`, [planNo, period, staffId]);
  return rows;
}

/** Periods of a plan in which an account, or for null anybody, has a card, the newest first; each with its first day. */
export async function readPeriods(connection: Connection, planNo: number, staffId: number | null): Promise<{ period: string; from: string }[]> {
  const { rows } = await connection.query<{ period: string; from: string }>(
    'select period, min(from_day)::text as "from" from kpi_card where plan_no = $1 and ($2::int is null or staff_id = $2) group by period order by period desc', [planNo, staffId]);
  return rows;
}

/** Throws `planning.card_not_found`. With `isLocked`, nobody else changes it until the transaction ends. */
export async function requireCard(connection: Connection, cardNo: number, isLocked = false): Promise<CardRow> {
  const { rows: [card] } = await connection.query<CardRow>(`select ${columns} from kpi_card where card_no = $1 ${isLocked ? 'for update' : ''}`, [cardNo]);
  if (!card) throw notFound('planning.card_not_found', { cardNo });
  return card;
}

/** The newest mark of each kind on each part. */
export async function readMarks(connection: Connection, cardNos: readonly number[]): Promise<MarkRow[]> {
  const { rows } = await connection.query<MarkRow>(
    `select distinct on (card_no, part_key, kind) card_no as "cardNo", part_key as key, kind, score::text, reason, by_name as by, at
      from kpi_mark where card_no = any($1::int[]) order by card_no, part_key, kind, mark_no desc`, [cardNos]);
  return rows;
}

/** Every time cards were frozen, the newest first. */
export async function readFreezes(connection: Connection, cardNos: readonly number[]): Promise<FreezeRow[]> {
  const { rows } = await connection.query<FreezeRow>(
    `select freeze_no as "freezeNo", card_no as "cardNo", total::text, evidence, by_name as by, at, reopened_at is null as "isStanding", shares
      from kpi_freeze where card_no = any($1::int[]) order by freeze_no desc`, [cardNos]);
  return rows;
}

/** What part of their time people gave to the positions of cards in the days of these, as the plan says it now. */
export async function readShares(connection: Connection, cardNos: readonly number[]): Promise<Map<number, Share[]>> {
  const { rows } = await connection.query<Share & { cardNo: number }>(
    `select card_no as "cardNo", (a.body ->> 'sharePercent')::int as "sharePercent", a.body ->> 'from' as "from", a.body ->> 'to' as "to"
      from kpi_card c join plan_item t on t.item_no = template_no join plan_item a on a.parent_no = (t.body ->> 'positionNo')::int and a.kind = 'assignment' and a.removed_at is null
      where card_no = any($1::int[]) and (a.body ->> 'from')::date <= until_day and coalesce((a.body ->> 'to')::date >= from_day, true)
        and case when c.staff_id is null then a.body #>> '{person,staffId}' is null and a.body #>> '{person,name}' = person_name else (a.body #>> '{person,staffId}')::int = c.staff_id end
      order by card_no, "from", a.item_no`, [cardNos]);
  const shares = new Map<number, Share[]>(cardNos.map((cardNo) => [cardNo, []]));
  for (const { cardNo, ...share } of rows) shares.get(cardNo)!.push(share);
  return shares;
}

export interface ChangeRow {
  changeNo: number;
  parts: CardPart[];
  reason: string;
  askedBy: string;
  askedId: number;
  askedAt: Date;
  decision: 'waiting' | 'approved' | 'refused';
  decidedBy: string | null;
  decidedAt: Date | null;
}

export async function readCardChanges(connection: Connection, cardNo: number): Promise<ChangeRow[]> {
  const { rows } = await connection.query<ChangeRow>(
    `select change_no as "changeNo", parts, reason, asked_by as "askedBy", asked_id as "askedId", asked_at as "askedAt", decision, decided_by as "decidedBy", decided_at as "decidedAt"
      from kpi_change where card_no = $1 order by change_no desc`, [cardNo]);
  return rows;
}

export interface AppealRow {
  appealNo: number;
  cardNo: number;
  text: string;
  by: string;
  at: Date;
  outcome: 'waiting' | 'kept' | 'reopened';
  answer: string | null;
  answeredBy: string | null;
  answeredAt: Date | null;
}

export async function readAppeals(connection: Connection, cardNos: readonly number[]): Promise<AppealRow[]> {
  const { rows } = await connection.query<AppealRow>(
    `select appeal_no as "appealNo", card_no as "cardNo", text, by_name as by, at, outcome, answer, answered_by as "answeredBy", answered_at as "answeredAt"
      from kpi_appeal where card_no = any($1::int[]) order by appeal_no desc`, [cardNos]);
  return rows;
}
