import type { Actor } from '../../../../kernel/actor.ts';
import { conflict, notFound, Problem } from '../../../../kernel/problem.ts';
import { compareRatios, plus, ratio } from '../../../../kernel/ratio.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { recordAudit } from '../../../access/public.ts';
import type { PlanningDoors } from '../../part.ts';
import { exactly, scoreLines } from '../rules/score-line.ts';
import { demandOpen } from './keep-cards.ts';
import { demandReader, evidenceOf, isOwn } from './read-cards.ts';
import { type FreezeRow, readFreezes, readMarks, readShares, requireCard } from './store.ts';

/** A score with its reasons: of oneself on one's own card, of a superior on anybody else's. */
export function mark({ platform: { pg: pool, clock } }: PlanningDoors, cardNo: number, key: string, said: { score: string; reason: string }, actor: Actor): Promise<void> {
  return inTransaction(pool, async (client) => {
    const card = await requireCard(client, cardNo, true);
    demandReader(card, actor);
    if (!card.parts.some((part) => part.key === key && part.kind === 'subjective')) throw notFound('planning.part_not_found', { key });
    await demandOpen(client, cardNo);
    const kind = isOwn(card, actor) ? 'self' : 'superior';
    if (kind === 'superior') demandWithin(said.score, card.shift?.points ?? '0');
    await client.query('insert into kpi_mark (card_no, part_key, kind, score, reason, by_name, at) values ($1, $2, $3, $4, $5, $6, $7)', [cardNo, key, kind, said.score, said.reason, actor.name, clock.now()]);
    await recordAudit(client, { actor, action: 'planning.mark_card', subject: `card:${cardNo}`, details: { part: key, kind } });
  });
}

/** Beyond 0 or 100 nothing is shifted: a score that would leave them is refused, not cut. */
function demandWithin(score: string, points: string): void {
  const shifted = plus(exactly(score), exactly(points));
  if (compareRatios(shifted, ratio(0n)) < 0 || compareRatios(shifted, ratio(100n)) > 0) throw new Problem('planning.shift_too_far', { status: 422, params: { score, points }, fields: [{ path: 'body.points', code: 'shift_too_far' }] });
}

/** Shifts what a superior said of somebody, with the reason. Nobody shifts their own. */
export function shift({ platform: { pg: pool, clock } }: PlanningDoors, cardNo: number, { points, reason }: { points: string; reason: string }, actor: Actor): Promise<void> {
  return inTransaction(pool, async (client) => {
    const card = await requireCard(client, cardNo, true);
    if (isOwn(card, actor)) throw conflict('planning.own_card', { cardNo });
    await demandOpen(client, cardNo);
    for (const { score, kind } of await readMarks(client, [cardNo])) if (kind === 'superior') demandWithin(score, points);
    const kept = compareRatios(exactly(points), ratio(0n)) === 0 ? null : { points, reason, by: actor.name, at: clock.now().toISOString() };
    await client.query('update kpi_card set shift = $2 where card_no = $1', [cardNo, kept && JSON.stringify(kept)]);
    await recordAudit(client, { actor, action: 'planning.shift_card', subject: `card:${cardNo}`, details: { points, reason } });
  });
}

/** Freezes a score with what it stands on. Nobody freezes their own, nor one whose targets wait for a second person. */
export async function freeze(doors: PlanningDoors, cardNo: number, actor: Actor): Promise<{ total: string | null }> {
  const { platform: { pg: pool, clock } } = doors;
  const before = await requireCard(pool, cardNo);
  if (isOwn(before, actor)) throw conflict('planning.own_card', { cardNo });
  const evidence = await evidenceOf(doors, before, []);
  return inTransaction(pool, async (client) => {
    const card = await requireCard(client, cardNo, true);
    await demandOpen(client, cardNo);
    const marks = await readMarks(client, [cardNo]);
    const seen = evidence.flatMap(({ part, evidence: of }) => (of.kind === 'subjective' ? [[part.key, of.superior?.at, of.shift?.at]] : []));
    const now = card.parts.filter(({ kind }) => kind === 'subjective').map(({ key }) => [key, marks.find((each) => each.key === key && each.kind === 'superior')?.at.toISOString(), card.shift?.at]);
    // What was read before the lock may be old by now.
    if (card.version !== before.version || JSON.stringify(seen) !== JSON.stringify(now)) throw conflict('planning.card_changed', { cardNo });
    const { rowCount } = await client.query("select from kpi_change where card_no = $1 and decision = 'waiting'", [cardNo]);
    if (rowCount) throw conflict('planning.change_waits', { cardNo });
    const { total } = scoreLines(evidence);
    await client.query('insert into kpi_freeze (card_no, total, evidence, by_name, at, shares) values ($1, $2, $3, $4, $5, $6)', [cardNo, total, JSON.stringify(evidence), actor.name, clock.now(), JSON.stringify((await readShares(client, [cardNo])).get(cardNo))]);
    await recordAudit(client, { actor, action: 'planning.freeze_card', subject: `card:${cardNo}` });
    return { total };
  });
}

const standingOf = (freezes: readonly FreezeRow[], cardNo: number): FreezeRow => {
  const found = freezes.find(({ isStanding }) => isStanding);
  if (!found) throw conflict('planning.card_not_frozen', { cardNo });
  return found;
};

/** Computes a frozen score again, from nothing but what was frozen with it. */
export async function prove({ platform: { pg: pool } }: PlanningDoors, cardNo: number, actor: Actor) {
  const card = await requireCard(pool, cardNo);
  demandReader(card, actor);
  const { evidence, total: frozen, at } = standingOf(await readFreezes(pool, [cardNo]), cardNo);
  const { lines, total: again } = scoreLines(evidence);
  return { frozen, again, isSame: frozen === again, lines, frozenAt: at.toISOString() };
}

/** Objects to one's own frozen score; one objection at a time. */
export function appeal({ platform: { pg: pool, clock } }: PlanningDoors, cardNo: number, text: string, actor: Actor): Promise<{ appealNo: number }> {
  return inTransaction(pool, async (client) => {
    const card = await requireCard(client, cardNo, true);
    demandReader(card, actor);
    if (!isOwn(card, actor)) throw conflict('planning.not_own_card', { cardNo });
    const { freezeNo } = standingOf(await readFreezes(client, [cardNo]), cardNo);
    const { rows: [row] } = await client.query<{ appealNo: number }>(
      `insert into kpi_appeal (card_no, freeze_no, text, by_name, at) values ($1, $2, $3, $4, $5) on conflict (card_no) where outcome = 'waiting' do nothing returning appeal_no as "appealNo"`, [cardNo, freezeNo, text, actor.name, clock.now()]);
    if (!row) throw conflict('planning.appeal_waits', { cardNo });
    await recordAudit(client, { actor, action: 'planning.appeal_card', subject: `card:${cardNo}`, details: row });
    return row;
  });
}

/** Keeps a score somebody objected to, or opens the card again: the score that was frozen stays in its history. */
export function answer({ platform: { pg: pool, clock } }: PlanningDoors, cardNo: number, appealNo: number, said: { outcome: 'kept' | 'reopened'; answer: string }, actor: Actor): Promise<void> {
  return inTransaction(pool, async (client) => {
    const card = await requireCard(client, cardNo, true);
    if (isOwn(card, actor)) throw conflict('planning.own_card', { cardNo });
    const { rows: [found] } = await client.query<{ outcome: string }>('select outcome from kpi_appeal where card_no = $1 and appeal_no = $2', [cardNo, appealNo]);
    if (!found) throw notFound('planning.appeal_not_found', { appealNo });
    if (found.outcome !== 'waiting') throw conflict('planning.appeal_answered', { appealNo });
    await client.query('update kpi_appeal set outcome = $2, answer = $3, answered_by = $4, answered_at = $5 where appeal_no = $1', [appealNo, said.outcome, said.answer, actor.name, clock.now()]);
    if (said.outcome === 'reopened') await client.query('update kpi_freeze set reopened_at = $2 where card_no = $1 and reopened_at is null', [cardNo, clock.now()]);
    await recordAudit(client, { actor, action: 'planning.answer_appeal', subject: `card:${cardNo}`, details: { appealNo, outcome: said.outcome } });
  });
}
