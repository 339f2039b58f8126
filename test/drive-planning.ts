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
