import type { Actor } from '../../../kernel/actor.ts';
import { may } from '../../../kernel/actor.ts';
import { dayIn } from '../../../kernel/day.ts';
import { conflict, Problem } from '../../../kernel/problem.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { readBrand } from '../../../platform/settings.ts';
import { recordAudit } from '../../access/public.ts';
import { editPlanReport, exportPlanReport, listPlanReports, type PlanReport, type PlanReportHead, readPlanReport, reportDays, rewritePlanReport, sendPlanReport, writePlanReport } from '../contract/reports.ts';
import { documentTypes } from '../document/write/documents.ts';
import { requirePresent } from '../items/stored.ts';
import type { PlanningDoors } from '../part.ts';
import { requirePlan } from '../plans/keep-plans.ts';
import { readCopies, shownCopies } from '../post/post.ts';
import { readSaid } from '../robots/store.ts';
import { checkGoesTo } from './keep/keep-mailings.ts';
import { readMailings } from './keep/mailings-store.ts';
import { noteOccasion } from './keep/occasions.ts';
import { aboutReportEver, beginReport, editOver, lockReport, readReports, type ReportRow, requireReport } from './keep/reports-store.ts';
import { demandSent, reportDocument, sendReport } from './send/send-report.ts';

/** Reports of a plan and of its projects: written, edited, sent, found again. */
export function reportRoutes(doors: PlanningDoors): Route[] {
  const { platform: { pg: pool, clock }, documents } = doors;
  const subjectOf = (reportNo: number): string => `report:${reportNo}`;
  return [
    route(listPlanReports, async ({ params: { planNo }, query }) => {
      await requirePlan(pool, planNo);
      const { rows, total } = await readReports(pool, planNo, query);
      return { rows: rows.map(shownHead), total, computedAt: clock.now().toISOString() };
    }),
    route(writePlanReport, async ({ params: { planNo }, body: { unit, day, projectNo, locale }, actor }) => {
      const now = clock.now();
      const days = reportDays(unit, day);
      if (days.from > dayIn((await readBrand(pool)).timeZone, now)) throw new Problem('planning.report_not_begun', { status: 422, fields: [{ path: 'body.day', code: 'not_begun' }] });
      return inTransaction(pool, async (client) => {
        await requirePlan(client, planNo);
        if (projectNo !== null && (await requirePresent(client, planNo, projectNo)).kind !== 'project') throw new Problem('planning.not_of_plan', { status: 422, fields: [{ path: 'body.projectNo', code: 'not_of_plan' }] });
        const { reportNo, isNew } = await beginReport(client, { planNo, projectNo, unit, days, locale, by: actor.name, at: now });
        if (!isNew) return { reportNo };
        await noteOccasion(client, { mailingNo: null, planNo, reportNo, replaces: 0, dueAt: now, locale, goesTo: null, state: 'making', isLate: false, by: actor.name }, now);
        await recordAudit(client, { actor, action: 'planning.write_report', subject: subjectOf(reportNo), details: { planNo, projectNo, unit, ...days } });
        return { reportNo };
      });
    }),
    route(readPlanReport, ({ params: { planNo, reportNo }, actor }) => reportOf(doors, planNo, reportNo, actor)),
    route(editPlanReport, async ({ params: { planNo, reportNo }, body: { version, sections }, actor }) => {
      const { editedBy, writtenBy } = await requireReport(pool, planNo, reportNo);
      await inTransaction(pool, async (client) => {
        if (version === 0 || !(await editOver(client, reportNo, version, sections, { at: clock.now(), by: actor.name }))) throw conflict('planning.report_changed', { by: editedBy ?? writtenBy });
        await recordAudit(client, { actor, action: 'planning.edit_report', subject: subjectOf(reportNo), details: { version } });
      });
      return reportOf(doors, planNo, reportNo, actor);
    }),
    route(rewritePlanReport, async ({ params: { planNo, reportNo }, body: { version }, actor }) => {
      const now = clock.now();
      await requireReport(pool, planNo, reportNo);
      return inTransaction(pool, async (client) => {
        await lockReport(client, reportNo);
        const { locale, last, ...report } = await requireReport(client, planNo, reportNo);
        if (report.version !== version) throw conflict('planning.report_changed', { by: report.editedBy ?? report.writtenBy });
        if (last?.state === 'making') throw conflict('planning.report_under_way');
        await noteOccasion(client, { mailingNo: null, planNo, reportNo, replaces: version, dueAt: now, locale, goesTo: null, state: 'making', isLate: false, by: actor.name }, now);
        await recordAudit(client, { actor, action: 'planning.rewrite_report', subject: subjectOf(reportNo), details: { version } });
        return { reportNo };
      });
    }),
    route(sendPlanReport, async ({ params: { planNo, reportNo }, body: { version, ...goesTo }, actor }) => {
      await requireReport(pool, planNo, reportNo);
      await inTransaction(pool, async (client) => {
        await lockReport(client, reportNo);
        const report = await requireReport(client, planNo, reportNo);
        if (report.version === 0) throw conflict('planning.report_under_way');
        if (report.version !== version) throw conflict('planning.report_changed', { by: report.editedBy ?? report.writtenBy });
        const checked = await checkGoesTo(client, goesTo);
        await demandSent(client, goesTo, await sendReport(doors, client, report, goesTo));
        await recordAudit(client, { actor, action: 'planning.send_report', subject: subjectOf(reportNo), details: { version, ...checked } });
      });
      return reportOf(doors, planNo, reportNo, actor);
    }),
    route(exportPlanReport, async ({ params: { planNo, reportNo }, query: { format }, reply }) => {
      const report = await requireReport(pool, planNo, reportNo);
      const file = await documents.write(await reportDocument(doors, await requirePlan(pool, planNo), report), format, report.locale);
      return reply.header('content-type', documentTypes[format]).header('content-disposition', `attachment; filename="report-${reportNo}.${format}"`).header('cache-control', 'no-store').send(file);
    }),
  ];
}

const shownHead = ({ writtenAt, editedAt, ...row }: ReportRow): PlanReportHead => ({ ...row, writtenAt: writtenAt.toISOString(), editedAt: editedAt?.toISOString() ?? null });

/** Whom it went to is for those who may send it. */
async function reportOf(doors: PlanningDoors, planNo: number, reportNo: number, actor: Actor): Promise<PlanReport> {
  const { pg: pool } = doors.platform;
  const report = await requireReport(pool, planNo, reportNo);
  const about = aboutReportEver(reportNo, report.version);
  const isSender = may(actor, 'planning.edit');
  const [{ title }, letters, said, mailings] = await Promise.all([reportDocument(doors, await requirePlan(pool, planNo), report), readCopies(pool, ...about), readSaid(pool, about), readMailings(pool, planNo)]);
  const own = mailings.find(({ kind, projectNo, rhythm }) => kind === 'report' && projectNo === report.projectNo && rhythm.every === report.unit);
  return { ...shownHead(report), title, sections: report.sections, copies: isSender ? shownCopies([...letters, ...said], actor.locale, doors.say) : [], goesTo: own && isSender ? { readers: own.readers, robotNos: own.robotNos } : null };
}
