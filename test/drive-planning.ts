import type { Platform } from '../src/platform/platform.ts';

type Drive = (name: string, action: string | null, payload?: object, params?: Record<string, string | number>) => Promise<Record<string, unknown>>;

/** A day of the plan: begun, renamed, something put into it, changed, moved, taken back and out. */
export async function drivePlanning(drive: Drive): Promise<void> {
  const { planNo } = await drive('POST /api/plans', 'planning.begin_plan', { name: 'Plan', startsOn: '2026-01-01' }) as { planNo: number };
  await drive('PATCH /api/plans/:planNo', 'planning.edit_plan', { name: 'The plan' }, { planNo });
  await drive('POST /api/planning/templates/:template/plans', 'planning.begin_plan', { startsOn: '2026-01-01' }, { template: 'education' });
  await drive('POST /api/planning/figures', null, { asked: [{ metric: 'sales' }], period: { from: '2026-01-01', to: '2026-01-31' } });
  const need = { kind: 'need', parentNo: null, afterNo: null, body: { side: 'inside', text: 'Why' } };
  const { itemNo } = await drive('POST /api/plans/:planNo/items', null, need, { planNo }) as { itemNo: number };
  const item = { planNo, itemNo };
  await drive('PATCH /api/plans/:planNo/items/:itemNo', null, { version: 1, changes: { text: 'Because' } }, item);
  await drive('POST /api/plans/:planNo/items/:itemNo/move', null, { parentNo: null, afterNo: null }, item);
  await drive('POST /api/plans/:planNo/changes/:changeNo/undo', null, {}, { planNo, changeNo: 2 });
  await drive('DELETE /api/plans/:planNo/items/:itemNo', null, undefined, item);
  const { itemNo: projectNo } = await drive('POST /api/plans/:planNo/items', null, { ...need, kind: 'project', body: { name: 'Done', from: '2026-01-01', to: '2026-02-01' } }, { planNo }) as { itemNo: number };
  await drive('POST /api/plans/:planNo/projects/:itemNo/closing', 'planning.close_project', { state: 'done', version: 1, review: { outcome: 'reached' } }, { planNo, itemNo: projectNo });
}

/** A report of a plan, and the director's page: written, edited, sent to an address, and set to go by themselves; after there is a mail server. */
export async function driveReports(drive: Drive, { pg }: Pick<Platform, 'pg'>): Promise<void> {
  const { planNo } = await drive('POST /api/plans', 'planning.begin_plan', { name: 'Reported', startsOn: '2026-01-01' }) as { planNo: number };
  const { reportNo } = await drive('POST /api/plans/:planNo/reports', 'planning.write_report', { unit: 'day', day: '2026-01-05', locale: 'en' }, { planNo }) as { reportNo: number };
  const report = { planNo, reportNo };
  // No worker is there to write it.
  await pg.query("with made as (update plan_occasion set state = 'made' where report_no = $1) update plan_report set version = 1 where report_no = $1", [reportNo]);
  await drive('PUT /api/plans/:planNo/reports/:reportNo', 'planning.edit_report', { version: 1, sections: [{ key: 'own', title: 'Mine', lines: ['1'] }] }, report);
  const goesTo = { readers: [{ kind: 'address', address: 'boss@agency.test' }], robotNos: [] };
  await drive('POST /api/plans/:planNo/reports/:reportNo/send', 'planning.send_report', { ...goesTo, version: 2 }, report);
  await drive('POST /api/plans/:planNo/reports/:reportNo/rewrite', 'planning.rewrite_report', { version: 2 }, report);
  await drive('POST /api/plans/:planNo/director/mails', 'planning.send_director', { ...goesTo, locale: 'en' }, { planNo });
  const by = { rhythm: { every: 'week', weekday: 1, at: '09:00' }, locale: 'en', ...goesTo };
  const { mailingNo } = await drive('POST /api/plans/:planNo/mailings', 'planning.add_mailing', { ...by, what: { kind: 'director' } }, { planNo }) as { mailingNo: number };
  await drive('PUT /api/plans/:planNo/mailings/:mailingNo', 'planning.change_mailing', { ...by, version: 1 }, { planNo, mailingNo });
  await drive('DELETE /api/plans/:planNo/mailings/:mailingNo', 'planning.remove_mailing', undefined, { planNo, mailingNo });
}
