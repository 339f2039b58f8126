import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';

const count = z.number().int();
export const reportSections = ['purpose', 'result', 'figures', 'segments', 'versions', 'messages', 'money', 'cautions', 'next'] as const;

const section = z.object({ key: z.enum([...reportSections, 'own']), title: z.string().trim().min(1).max(120), text: z.string().trim().max(8_000) });
export type ReportSection = z.output<typeof section>;

const report = z.object({
  campaignNo: count,
  /** 0 while it writes itself. */
  version: count,
  sections: z.array(section),
  editedBy: z.string().nullable(), editedAt: z.iso.datetime().nullable(),
  /** Of which result it was written, where it writes itself. */
  computedAt: z.iso.datetime().nullable(),
  copies: z.array(z.object({ copyNo: count, name: z.string(), state: z.enum(['waiting', 'handing', 'sent', 'failed', 'unknown']), problem: z.string().nullable(), askedBy: z.string(), askedAt: z.iso.datetime() })),
});
export type CampaignReport = z.output<typeof report>;

const ofCampaign = z.object({ campaignNo: z.coerce.number().int().min(1).max(2_147_483_647) });
const path = '/api/campaigns/:campaignNo/report';

export const readCampaignReport = endpoint({ method: 'GET', path, summary: 'The report of a campaign, which writes itself until somebody edits it', access: 'campaigns.read', params: ofCampaign, reply: report });
export const editCampaignReport = endpoint({
  method: 'PUT', path, summary: 'Edit the report of a campaign', access: 'campaigns.edit', params: ofCampaign, body: z.object({ version: count, sections: z.array(section).min(1).max(20) }), reply: report,
});
export const resetCampaignReport = endpoint({ method: 'DELETE', path, summary: 'Throw away what was edited: the report writes itself again', access: 'campaigns.edit', params: ofCampaign, reply: report });
export const sendCampaignReport = endpoint({
  method: 'POST', path: `${path}/copies`, summary: 'Send the report of a campaign to colleagues by mail', access: 'campaigns.edit', params: ofCampaign, body: z.object({ staffIds: z.array(count.min(1)).min(1).max(50) }), reply: report, status: 202,
});
export const listReportReaders = endpoint({
  method: 'GET', path: '/api/campaign-report-readers', summary: 'Colleagues a report can be sent to', access: 'campaigns.edit', reply: z.object({ readers: z.array(z.object({ staffId: count, name: z.string() })) }),
});
