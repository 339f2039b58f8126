import type { Actor } from '../../../../kernel/actor.ts';
import { notFound } from '../../../../kernel/problem.ts';
import type { ReviewedCard } from '../../contract.ts';
import type { PlanningDoors } from '../../part.ts';
import { requirePlan } from '../../plans/keep-plans.ts';
import { scoreLines } from '../rules/score-line.ts';
import { headOf } from './read-cards.ts';
import { type AppealRow, type FreezeRow, type KeptEvidence, readAppeals, readCards, readFreezes } from './store.ts';

/** What a superior said as it was said. */
const withoutShift = (evidence: KeptEvidence): KeptEvidence => evidence.map(({ part, evidence: each }) => ({ part, evidence: each.kind === 'subjective' ? { ...each, shift: null } : each }));

function reviewed(head: Pick<ReviewedCard, 'cardNo' | 'person' | 'team' | 'position' | 'from' | 'until' | 'state' | 'total'>, freezes: readonly FreezeRow[], appeals: readonly AppealRow[]): ReviewedCard {
  const { cardNo, person, team, position, from, until, state, total } = head;
  const standing = freezes.find(({ isStanding }) => isStanding);
  const first = freezes.reduce<FreezeRow | null>((oldest, each) => (oldest && oldest.freezeNo < each.freezeNo ? oldest : each), null);
  const points = standing?.evidence.flatMap(({ evidence }) => (evidence.kind === 'subjective' && evidence.shift ? [evidence.shift.points] : [])).at(0) ?? null;
  const having = (outcome: AppealRow['outcome']): number => appeals.filter((each) => each.outcome === outcome).length;
  return {
    cardNo, person, team, position, from, until, state, total, points, first: first?.total ?? null, unshifted: standing ? scoreLines(withoutShift(standing.evidence)).total : null,
    appeals: appeals.length, kept: having('kept'), reopened: having('reopened'),
  };
}

/** A period as it was scored, from what was frozen alone: nothing is computed anew. Throws `planning.period_not_found` where it has no card. */
export async function reviewOf({ platform: { pg: pool, clock } }: PlanningDoors, planNo: number, period: string, actor: Actor) {
  await requirePlan(pool, planNo);
  const rows = await readCards(pool, planNo, period, null);
  if (rows.length === 0) throw notFound('planning.period_not_found', { period });
  const cardNos = rows.map(({ cardNo }) => cardNo);
  const [freezes, appeals] = await Promise.all([readFreezes(pool, cardNos), readAppeals(pool, cardNos)]);
  const [freezesOf, appealsOf] = [Map.groupBy(freezes, ({ cardNo }) => cardNo), Map.groupBy(appeals, ({ cardNo }) => cardNo)];
  const cards = rows.map((card) => {
    const [own, objections] = [freezesOf.get(card.cardNo) ?? [], appealsOf.get(card.cardNo) ?? []];
    const standing = own.find(({ isStanding }) => isStanding);
    return reviewed(headOf(card, { total: standing?.total ?? null, isPending: false, moved: 0 }, standing, objections, actor), own, objections);
  });
  return { period, open: cards.filter(({ state }) => state === 'open').length, cards, computedAt: clock.now().toISOString() };
}
