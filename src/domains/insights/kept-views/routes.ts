import type { Actor } from '../../../kernel/actor.ts';
import { parseSort } from '../../../kernel/page.ts';
import { route, type Route } from '../../../platform/http/route.ts';
import type { Platform } from '../../../platform/platform.ts';
import {
  changeDashboard, changeReport, createDashboard, createReport, type DashboardBody, deleteDashboard, deleteReport, listDashboards, listReports, readDashboard,
  readReport, type ReportBody,
} from '../contract.ts';
import { changeKept, deleteKept, findKept, type KeptKind, listKept, makeKept, readKept } from './store.ts';

/** Reports and dashboards: who may see them, and who may change what. */
export function keptViewRoutes(platform: Platform): Route[] {
  const list = async <B>(kind: KeptKind, actor: Actor, query: { q?: string | undefined; sort?: string | undefined; page: number; pageSize: number }) => {
    const sort = parseSort(query.sort, ['name', 'updatedAt', 'owner'] as const) ?? { field: 'updatedAt' as const, descending: true };
    const { rows, total } = await listKept(platform, actor, kind, { q: query.q ?? '', sort, limit: query.pageSize, offset: (query.page - 1) * query.pageSize });
    return { rows: rows.map((row) => ({ ...row, body: row.body as B })), total, computedAt: platform.clock.now().toISOString() };
  };
  const read = async <B>(kind: KeptKind, actor: Actor, id: number) => {
    const found = await readKept(platform, actor, kind, id);
    return { ...found, body: found.body as B };
  };
  return [
    route(listReports, ({ query, actor }) => list<ReportBody>('report', actor, query)),
    route(readReport, ({ params, actor }) => read<ReportBody>('report', actor, params.id)),
    route(createReport, async ({ body, actor }) => ({ id: await makeKept(platform, actor, 'report', body) })),
    route(changeReport, ({ params, body, actor }) => changeKept(platform, actor, 'report', params.id, body)),
    route(deleteReport, ({ params, actor }) => deleteKept(platform, actor, 'report', params.id)),
    route(listDashboards, ({ query, actor }) => list<DashboardBody>('dashboard', actor, query)),
    route(readDashboard, async ({ params, actor }) => {
      const found = await read<DashboardBody>('dashboard', actor, params.id);
      const reports = await findKept(platform, actor, 'report', found.body.cards.map(({ reportId }) => reportId));
      return { ...found, reports: reports.map(({ id, name, body }) => ({ id, name, body: body as ReportBody })) };
    }),
    route(createDashboard, async ({ body, actor }) => ({ id: await makeKept(platform, actor, 'dashboard', body) })),
    route(changeDashboard, ({ params, body, actor }) => changeKept(platform, actor, 'dashboard', params.id, body)),
    route(deleteDashboard, ({ params, actor }) => deleteKept(platform, actor, 'dashboard', params.id)),
  ];
}
