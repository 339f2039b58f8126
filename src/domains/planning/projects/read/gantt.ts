import type { z } from 'zod';
import { addDays, type Day } from '../../../../kernel/day.ts';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import type { ItemBody } from '../../contract.ts';
import type { ProjectGanttRow, readProjectGantt } from '../../contract/projects.ts';
import type { PlannedItem, PlanWork } from './plan-work.ts';
import { isDropped, workOf } from './work-list.ts';

type Asked = z.output<NonNullable<(typeof readProjectGantt)['query']>>;
type Chart = Pick<EndpointReply<typeof readProjectGantt>, 'rows' | 'period'>;

/** The days that a large project is opened at. */
const [daysBack, daysAhead] = [30, 90];
type Dated = ProjectGanttRow & { from: Day; to: Day };

/** A project over time: as a whole where it is small and no days are asked for, otherwise what stands in some days, the earliest first. Throws \`planning.item_not_found\`. */
export function ganttOf(work: PlanWork, projectNo: number, { from: asked, to: until, most }: Asked): Chart {
  const rows = workOf(work, projectNo).filter((item) => !isDropped(item)).map(rowOf).toSorted((a, b) => ((a.from ?? '9') < (b.from ?? '9') ? -1 : (a.from ?? '9') > (b.from ?? '9') ? 1 : 0));
  if (asked === undefined && until === undefined && rows.length <= most) return { rows, period: null };
  const from = asked ?? addDays(until ?? work.today, until === undefined ? -daysBack : -daysBack - daysAhead);
  const to = until ?? addDays(from, daysBack + daysAhead);
  const dated = rows.filter((row): row is Dated => row.from !== null && row.to !== null);
  // What will end later than it should stands there until then.
  const endOf = ({ to: planned, ends, doneOn }: Dated): Day => (doneOn === null && ends !== null && ends > planned ? ends : planned);
  const before = dated.filter((row) => endOf(row) < from).length;
  const after = dated.filter((row) => row.from > to).length;
  const inside = dated.filter((row) => row.from <= to && endOf(row) >= from);
  return { rows: inside.slice(0, most), period: { from, to, inside: inside.length, before, after, undated: rows.length - dated.length } };
}

function rowOf({ itemNo, version, kind, body, ends, lateDays, isCritical }: PlannedItem): ProjectGanttRow {
  const { name, owner, doneOn, dependsOn } = body;
  const { due } = body as ItemBody<'milestone'>;
  const { from, to } = kind === 'milestone' ? { from: due, to: due } : (body as ItemBody<'task'>);
  return { itemNo, version, kind, name, owner: owner?.name ?? null, from: from ?? to, to: to ?? from, ends, hasStart: from !== null, doneOn, lateDays, isCritical, dependsOn };
}
