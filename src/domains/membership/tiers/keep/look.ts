import { advance, type Standing } from '../rules/advance.ts';
import type { TierChange, TierSetting } from '../rules/life.ts';
import { type Outlook, outlookOf } from '../rules/outlook.ts';
import type { TierMember, TierRow } from './load.ts';

/** What a look at somebody came to: the row that leads, what changed for the person, and how far they are. */
export interface Looked {
  member: TierMember;
  row: TierRow;
  standing: Standing;
  outlook: Outlook | null;
}

/** Somebody who is this near to the next tier is looked at again when what counts changes by itself. */
const nearShare = 0.3;

/**
 * Brings somebody up to a moment; null where there is no programme for them yet. Of several numbers the one with the highest tier leads,
 * with all the growth of the person; the others rest as they are, and go on from there when they stand alone again. Where the leading
 * one falls below another, that one leads.
 */
export function lookAt(member: TierMember, setting: TierSetting, now: number, by: typeof advance = advance): Looked | null {
  const rested = new Set<TierRow>();
  const changes: TierChange[] = [];
  for (let row = leading(member.rows, setting, rested); row; ) {
    const standing = by(row.life, { joinedAt: row.joinedAt, growth: member.growth, grants: member.grants }, setting, now);
    if (!standing) return null;
    // A joining is written down by whoever makes somebody a member.
    changes.push(...standing.changes.filter(({ kind }) => kind !== 'join'));
    const led: TierRow = row;
    led.life = standing.life;
    rested.add(led);
    const next = leading(member.rows, setting, new Set());
    if (!next || next === led || rested.has(next)) {
      const leader = next ?? led;
      return finished(member, leader, { life: leader.life ?? standing.life, changes: asPerson(changes), dueAt: standing.dueAt }, setting);
    }
    row = next;
  }
  return null;
}

/** Where one number fell and another of the person leads now, it was one fall, to the tier they have. */
function asPerson(changes: readonly TierChange[]): TierChange[] {
  const told: TierChange[] = [];
  for (const change of changes) {
    const last = told.at(-1);
    if (last && last.at === change.at && last.kind === change.kind && last.from !== change.from) told[told.length - 1] = { ...change, from: last.from };
    else told.push(change);
  }
  return told.filter(({ kind, from, to }) => from !== to || kind === 'renew' || kind === 'grace');
}

function finished(member: TierMember, row: TierRow, standing: Standing, setting: TierSetting): Looked {
  const person = { joinedAt: row.joinedAt, growth: member.growth, grants: member.grants };
  const outlook = outlookOf(standing.life, person, setting);
  const isNear = outlook?.next && outlook.next.missing <= outlook.next.entry * nearShare;
  const dueAt = isNear && outlook.changesAt !== null ? Math.min(standing.dueAt ?? Infinity, outlook.changesAt) : standing.dueAt;
  return { member, row, standing: { ...standing, dueAt }, outlook };
}

/** The row of the highest tier; of equals the one of the number the person counts under. A row that was never looked at is in the lowest. */
function leading(rows: readonly TierRow[], { versions }: TierSetting, without: ReadonlySet<TierRow>): TierRow | undefined {
  const ranks = versions.flatMap(({ definition }) => definition.tiers);
  const entryOf = (row: TierRow): number => ranks.findLast(({ key }) => key === row.life?.tier)?.entry ?? 0;
  return rows.filter((row) => !without.has(row)).reduce<TierRow | undefined>((best, row) => (best && entryOf(best) >= entryOf(row) ? best : row), undefined);
}
