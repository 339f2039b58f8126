/** What this domain's permissions allow: seeing campaigns and what they came to, planning them, and letting them go where it takes a second person. */
export const permissions = ['campaigns.read', 'campaigns.edit', 'campaigns.approve'] as const;

export {
  approveCampaign, type Campaign, type CampaignArm, campaignDefinition, type CampaignDefinition, type CampaignEstimate, campaignLimits, type CampaignPolicy, type CampaignProgress, type CampaignState, campaignStates, type CampaignTurn,
  changeCampaign, changeCampaignPolicy, createCampaign, deleteCampaign, estimateCampaign, judgements, listCampaigns, listCampaignSteps, previewCampaign, readCampaign, readCampaignCalendar, readCampaignPolicy, readCampaignProgress, turnCampaign, usualHoldout,
} from './contract/plans.ts';
export {
  type ArmFigures, type CampaignResult, deleteLesson, type Interval, type Lesson, type Lift, listLessons, outcomeMetrics, type OutcomeMetric, readCampaignCourse, readCampaignEvolution, readCampaignResult, saveLesson, type SegmentLift, type SegmentName,
} from './contract/results.ts';
export { type EffectLift, type EffectPeriod, readUniversalEffect, type UniversalEffect } from './contract/effect.ts';
export { type CampaignReport, editCampaignReport, listReportReaders, readCampaignReport, type ReportSection, reportSections, resetCampaignReport, sendCampaignReport } from './contract/reports.ts';
