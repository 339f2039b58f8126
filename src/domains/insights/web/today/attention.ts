import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import type { readDataQuality } from '../../../collect/intake/desk/contract.ts';
import type { listImports } from '../../../collect/imports/contract.ts';
import type { listReportTroubles } from '../../contract.ts';

/** What somebody should know of or decide: something went wrong, or waits for them. */
export interface Attention {
  kind: 'rebuilding' | 'repaired' | 'late' | 'importFailed' | 'importRejected' | 'importWaiting' | 'setAside' | 'flagged' | 'duplicates' | 'reportFailed' | 'reportMissed' | 'reportUnsure';
  isProblem: boolean;
  count: number;
  to: string;
  /** The file that it is about. */
  file?: string;
}

/** What was read of the parts that this person may see. */
export interface Found {
  quality?: EndpointReply<typeof readDataQuality>;
  imports?: EndpointReply<typeof listImports>['rows'];
  duplicates?: number;
  reports?: EndpointReply<typeof listReportTroubles>['troubles'];
}

const reportKinds = { failed: 'reportFailed', missed: 'reportMissed', maybe_sent: 'reportUnsure' } as const;

/** Waiting this long, events are late. */
const lateSeconds = 60;
/** What is older was seen or is of no interest any more. */
const recentMs = 7 * 86_400_000;

/** What deserves attention now, problems first. */
export function attentionOf({ quality, imports = [], duplicates = 0, reports = [] }: Found, now: Date): Attention[] {
  const isRecent = (at: string): boolean => now.getTime() - Date.parse(at) < recentMs;
  const problem = (kind: Attention['kind'], count: number, to: string, file?: string): Attention[] => (count > 0 ? [{ kind, isProblem: true, count, to, ...(file ? { file } : {}) }] : []);
  const task = (kind: Attention['kind'], count: number, to: string, file?: string): Attention[] => problem(kind, count, to, file).map((one) => ({ ...one, isProblem: false }));
  const recent = imports.filter((one) => isRecent(one.createdAt));
  const repaired = (quality?.facts.repairs ?? []).filter((repair) => isRecent(repair.checkedAt));
  return [
    ...problem('rebuilding', quality?.facts.state === 'rebuilding' ? 1 : 0, '/data/quality'),
    ...problem('late', (quality?.intake.lagSeconds ?? 0) > lateSeconds ? (quality?.intake.backlogEvents ?? 0) : 0, '/data/quality'),
    ...problem('repaired', repaired.length, '/data/quality'),
    ...reports.flatMap(({ state, name, scheduleId }) => problem(reportKinds[state], 1, `/insights/reporting/${scheduleId}`, name)),
    ...recent.filter((one) => one.state === 'failed').flatMap((one) => problem('importFailed', 1, `/data/imports/${one.importId}`, one.fileName)),
    ...recent.filter((one) => one.state === 'done').flatMap((one) => problem('importRejected', one.rejected ?? 0, `/data/imports/${one.importId}`, one.fileName)),
    ...recent.filter((one) => one.state === 'uploaded' || one.state === 'checked').flatMap((one) => task('importWaiting', 1, `/data/imports/${one.importId}`, one.fileName)),
    ...task('setAside', quality?.intake.waitingSetAside ?? 0, '/data/set-aside'),
    ...task('flagged', quality?.flagged.filter((one) => !one.declared).length ?? 0, '/data/quality'),
    ...task('duplicates', duplicates, '/users/duplicates'),
  ];
}
