import type { z } from 'zod';
import type { Locale } from '../../../../kernel/locale.ts';
import type { Ratio } from '../../../../kernel/ratio.ts';
import { type Actor, may } from '../../../../kernel/actor.ts';
import { forbidden } from '../../../../kernel/problem.ts';
import type { Card, CardEvidence, CardHead, Doer, listCards } from '../../contract.ts';
import type { PlanningDoors } from '../../part.ts';
import { gatherEvidence } from '../evidence/gather.ts';
import { exactly, scoreLines, shownScore } from '../rules/score-line.ts';
import { splitByTime } from '../rules/time-split.ts';
import { type AppealRow, type CardRow, type FreezeRow, type KeptEvidence, readAppeals, readCardChanges, readCards, readFreezes, readMarks, readPeriods, readShares, requireCard } from './store.ts';

export const isOwn = ({ staffId }: Pick<CardRow, 'staffId'>, actor: Actor): boolean => actor.kind === 'staff' && staffId !== null && staffId === actor.id;

/** Others' cards are for who may see people; one's own is one's own. */
export function demandReader(card: CardRow, actor: Actor): void {
  if (!isOwn(card, actor) && !may(actor, 'planning.people')) throw forbidden('planning.not_your_card');
}

const personOf = ({ staffId, personName }: CardRow): Doer => ({ staffId, name: personName });

/** A card without what it stands on. */
export function headOf(card: CardRow, { total, isPending, moved }: Pick<CardHead, 'total' | 'isPending' | 'moved'>, freeze: FreezeRow | undefined, appeals: readonly AppealRow[], actor: Actor): CardHead {
  const { cardNo, planNo, period, from, until, team, position, version } = card;
  const isAppealed = appeals.some((each) => each.cardNo === cardNo && each.outcome === 'waiting');
  return { cardNo, planNo, period, from, until, person: personOf(card), team, position, state: freeze ? (isAppealed ? 'appealed' : 'frozen') : 'open', total, isPending, isOwn: isOwn(card, actor), version, moved: freeze ? 0 : moved, points: card.shift?.points ?? null };
}

/** How long a list of cards waits for metrics; what is not counted by then is asked for again. */
const listWaitMs = 250;

const isCounting = (lines: KeptEvidence): boolean => lines.some(({ evidence }) => evidence.kind === 'outcome' && evidence.state === 'pending');

/** How many due days were moved without anybody having agreed. */
const movedIn = (lines: KeptEvidence): number => new Set(lines.flatMap(({ evidence }) => (evidence.kind === 'progress' ? evidence.rows.filter(({ moved }) => moved?.agreedBy === null).map(({ itemNo }) => itemNo) : []))).size;

/** Cards of a period of a plan, the newest where none is meant or it has none, with their scores: as frozen, or as they stand now or stood a moment ago; those whose metrics are not counted within `waitMs` have none. */
export async function cardsOf(doors: PlanningDoors, planNo: number, period: string | null, actor: Actor, waitMs = listWaitMs): Promise<Pick<z.output<typeof listCards.reply>, 'cards' | 'people' | 'period' | 'periods'>> {
  const { platform: { pg: pool } } = doors;
  const staffId = may(actor, 'planning.people') ? null : actor.kind === 'staff' ? actor.id : 0;
  const periods = (await readPeriods(pool, planNo, staffId)).map((each) => each.period);
  const shown = period !== null && periods.includes(period) ? period : periods.at(0) ?? null;
  const rows = shown === null ? [] : await readCards(pool, planNo, shown, staffId);
  const cardNos = rows.map(({ cardNo }) => cardNo);
  const [marks, freezes, appeals] = await Promise.all([readMarks(pool, cardNos), readFreezes(pool, cardNos), readAppeals(pool, cardNos)]);
  const standing = new Map(freezes.filter((each) => each.isStanding).map((each) => [each.cardNo, each]));
  const open = await gatherEvidence(doors, rows.filter(({ cardNo }) => !standing.has(cardNo)), marks, waitMs);
  const pending = new Set([...open].filter(([, lines]) => isCounting(lines)).map(([cardNo]) => cardNo));
  const exact = new Map(rows.map(({ cardNo }): [number, Ratio | null] => {
    const freeze = standing.get(cardNo);
    if (freeze) return [cardNo, freeze.total === null ? null : exactly(freeze.total)];
    return [cardNo, pending.has(cardNo) ? null : scoreLines(open.get(cardNo)!).exact];
  }));
  const several = [...Map.groupBy(rows, ({ staffId: id, personName }) => JSON.stringify([id ?? personName])).values()].filter((own) => own.length > 1);
  const shares = await readShares(pool, several.flatMap((own) => own.map(({ cardNo }) => cardNo)));
  return {
    cards: rows.map((card) => headOf(card, { total: shownScore(exact.get(card.cardNo)!), isPending: pending.has(card.cardNo), moved: movedIn(open.get(card.cardNo) ?? []) }, standing.get(card.cardNo), appeals, actor)),
    people: several.map((own) => {
      const isPending = own.some(({ cardNo }) => pending.has(cardNo));
      const { total, weights } = splitByTime(own.map(({ cardNo, from, until }) => ({ from, until, total: exact.get(cardNo) ?? null, shares: standing.get(cardNo)?.shares ?? shares.get(cardNo)! })));
      return { person: personOf(own[0]), period: own[0].period, isPending, total: isPending ? null : shownScore(total), of: own.map(({ cardNo, position }, at) => ({ cardNo, position, weight: isPending ? null : shownScore(weights[at]) })) };
    }),
    period: shown, periods,
  };
}

/** What a card stands on: as it was frozen, or now. */
export async function evidenceOf(doors: PlanningDoors, card: CardRow, freezes: readonly FreezeRow[]): Promise<KeptEvidence> {
  const freeze = freezes.find(({ isStanding }) => isStanding);
  if (freeze) return freeze.evidence;
  return (await gatherEvidence(doors, [card], await readMarks(doors.platform.pg, [card.cardNo]))).get(card.cardNo)!;
}

/** What a metric means in a reader's language; what was frozen before it was kept in all of them stays as it is. */
function inLanguage(evidence: CardEvidence, locale: Locale): CardEvidence {
  if (evidence.kind !== 'outcome') return evidence;
  const { texts, ...rest } = evidence;
  return { ...rest, ...texts?.[locale] };
}

export async function cardOf(doors: PlanningDoors, cardNo: number, actor: Actor): Promise<Card> {
  const { platform: { pg: pool, clock } } = doors;
  const card = await requireCard(pool, cardNo);
  demandReader(card, actor);
  const [freezes, changes, appeals] = await Promise.all([readFreezes(pool, [cardNo]), readCardChanges(pool, cardNo), readAppeals(pool, [cardNo])]);
  const kept = await evidenceOf(doors, card, freezes);
  const scored = scoreLines(kept);
  return {
    ...headOf(card, { total: scored.total, isPending: false, moved: movedIn(kept) }, freezes.find(({ isStanding }) => isStanding), appeals, actor),
    lines: kept.map(({ part, evidence }, at) => ({ part, evidence: inLanguage(evidence, actor.locale), score: scored.lines[at].score, weight: scored.lines[at].weight })),
    changes: changes.map(({ askedId, askedAt, decidedAt, ...change }) => ({ ...change, isOwn: actor.kind === 'staff' && askedId === actor.id, askedAt: askedAt.toISOString(), decidedAt: decidedAt?.toISOString() ?? null })),
    appeals: appeals.map(({ cardNo: _cardNo, at, answeredAt, ...appeal }) => ({ ...appeal, at: at.toISOString(), answeredAt: answeredAt?.toISOString() ?? null })),
    freezes: freezes.map(({ freezeNo, total, by, at }) => ({ freezeNo, total, by, at: at.toISOString() })),
    computedAt: clock.now().toISOString(),
  };
}

