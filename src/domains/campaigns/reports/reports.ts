import type { Actor } from '../../../kernel/actor.ts';
import { conflict, Problem } from '../../../kernel/problem.ts';
import { route } from '../../../platform/http/route.ts';
import { createMailer, type Mailer } from '../../../platform/mail/mailer.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { readBrand } from '../../../platform/settings.ts';
import { readDirectory, recordAudit } from '../../access/public.ts';
import { createBackground } from '../../customers/public.ts';
import { type CampaignReport, editCampaignReport, listReportReaders, readCampaignReport, type ReportSection, resetCampaignReport, sendCampaignReport } from '../contract/reports.ts';
import type { CampaignsDoors, CampaignsPart } from '../part.ts';
import { sentenceOf } from '../plans/sentence.ts';
import { demandCampaign } from '../plans/store.ts';
import { resultOf } from '../results/read-result.ts';
import { sendCopies } from './send-copies.ts';
import { askCopies, readCopies, readEdited, writeEdited } from './store.ts';
import { writeReport } from './write-report.ts';

/** Each campaign's first analysis: it writes itself, can be edited, and is sent to colleagues. */
export interface Reports extends CampaignsPart {
  /** Sends what waits; returns how many there were. */
  sendCopies(): Promise<number>;
}

const lookMs = 2_000;

export function createReports(doors: CampaignsDoors, mailer: Mailer = createMailer(doors.platform)): Reports {
  const { platform: { pg: pool, clock, log } } = doors;
  const sendWaiting = (): Promise<number> => sendCopies({ ...doors, mailer });
  const sending = createBackground('reports of campaigns', sendWaiting, lookMs, log);
  return {
    routes: [
      route(readCampaignReport, ({ params: { campaignNo }, actor }) => reportOf(doors, campaignNo, actor)),
      route(editCampaignReport, async ({ params: { campaignNo }, body: { version, sections }, actor }) => {
        await demandCampaign(pool, campaignNo);
        await inTransaction(pool, async (client) => {
          const before = await readEdited(client, campaignNo, 'for update');
          const isNewest = (before?.version ?? 0) === version && await writeEdited(client, campaignNo, { version: version + 1, sections, editedBy: actor.name, editedAt: clock.now() });
          if (!isNewest) throw conflict('campaigns.report_changed', { campaignNo });
          await recordAudit(client, { actor, action: 'campaigns.edit_report', subject: `campaign:${campaignNo}` });
        });
        return reportOf(doors, campaignNo, actor);
      }),
      route(resetCampaignReport, async ({ params: { campaignNo }, actor }) => {
        await demandCampaign(pool, campaignNo);
        await inTransaction(pool, async (client) => {
          await client.query('delete from campaign_report where campaign_no = $1', [campaignNo]);
          await recordAudit(client, { actor, action: 'campaigns.reset_report', subject: `campaign:${campaignNo}` });
        });
        return reportOf(doors, campaignNo, actor);
      }),
      route(sendCampaignReport, async ({ params: { campaignNo }, body: { staffIds }, actor }) => {
        const { definition } = await demandCampaign(pool, campaignNo);
        const known = new Set((await readDirectory(pool)).map(({ staffId }) => staffId));
        if (staffIds.some((id) => !known.has(id))) throw new Problem('campaigns.no_such_reader', { fields: [{ path: 'body.staffIds', code: 'unknown' }] });
        const { sections } = await reportOf(doors, campaignNo, actor);
        await inTransaction(pool, async (client) => {
          await askCopies(client, { campaignNo, staffIds: [...new Set(staffIds)], locale: actor.locale, subject: doors.say(actor.locale, 'campaigns', 'report.mail.subject', { name: definition.name }), sections, by: actor.name, at: clock.now() });
          await recordAudit(client, { actor, action: 'campaigns.send_report', subject: `campaign:${campaignNo}`, details: { readers: staffIds.length } });
        });
        return reportOf(doors, campaignNo, actor);
      }),
      route(listReportReaders, async () => ({ readers: (await readDirectory(pool)).map(({ staffId, name }) => ({ staffId, name })) })),
    ],
    sendCopies: sendWaiting,
    start: sending.start,
    stop: sending.stop,
  };
}

/** As somebody edited it, or as the result of this moment writes it. */
async function reportOf(doors: CampaignsDoors, campaignNo: number, actor: Actor): Promise<CampaignReport> {
  const { pg: pool } = doors.platform;
  const row = await demandCampaign(pool, campaignNo);
  const [edited, copies] = await Promise.all([readEdited(pool, campaignNo), readCopies(pool, campaignNo)]);
  if (edited) return { campaignNo, version: edited.version, sections: edited.sections, editedBy: edited.editedBy, editedAt: edited.editedAt.toISOString(), computedAt: null, copies };
  const result = await resultOf(doors, row);
  if (result === null) throw conflict('campaigns.report_not_ready', { campaignNo });
  const voice = { say: doors.say, locale: actor.locale, timeZone: (await readBrand(pool)).timeZone };
  const sections: ReportSection[] = writeReport(voice, { definition: row.definition, plan: await sentenceOf(voice, doors.audiences, row.definition), result });
  return { campaignNo, version: 0, sections, editedBy: null, editedAt: null, computedAt: result.computedAt, copies };
}
