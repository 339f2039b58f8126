import { addDays, dayIn } from '../../../../kernel/day.ts';
import type { ShownVersion } from '../../contract/programme-design.ts';
import type { VersionRow } from './store.ts';
import { endOf, phaseOf, type Placed } from './timeline.ts';

/** A version as people see it, with its place among the others. */
export function shownVersion(row: VersionRow, all: readonly Placed[], timeZone: string, now: Date): ShownVersion {
  const { versionNo, definition, note, revision, editedBy, editedAt, publishedBy, publishedAt, approvedBy, withdrawnBy, reason, startsAt } = row;
  const end = endOf(row, all);
  return {
    versionNo, note, revision, editedBy, publishedBy, approvedBy, withdrawnBy, reason,
    names: definition.names,
    phase: phaseOf(row, all, now),
    startsOn: startsAt && dayIn(timeZone, startsAt),
    endsOn: end && addDays(dayIn(timeZone, end), -1),
    editedAt: editedAt.toISOString(),
    publishedAt: publishedAt?.toISOString() ?? null,
  };
}
