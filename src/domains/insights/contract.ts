/** What this domain's permissions allow: seeing reports, taking them out as a file, having models computed, saving what others read, asking for recommendations,
 * having reports sent by mail. */
export const permissions = ['insights.read', 'insights.export', 'insights.train', 'insights.edit', 'insights.recommend', 'insights.schedule'] as const;

export { readWaiting } from './contract/waiting.ts';
export {
  type AssociationBasis,
  associationBases,
  associationBundle,
  type AssociationLevel,
  associationLevels,
  associationParams,
  type AssociationParams,
  associationPeople,
  type AssociationPeople,
  associationResult,
  type AssociationResult,
  type AssociationRule,
  bundleSorts,
  exportAssociationRules,
  listAssociationRules,
  listBundles,
  readAssociation,
  ruleSorts,
} from './contract/association.ts';
export { askRecommendations, readRecommendations, type Recommendation, recommendationReasons } from './contract/recommendations.ts';
export { type Analysis, analysis, buyerGroups, readAnalysis, type ReportComparison, reportComparisons, salesFactors } from './contract/analysis.ts';
export {
  changeGroup, changeSchedule, createGroup, createSchedule, deleteGroup, deleteSchedule, type GroupMember, listOccasions, listRecipients, listReportTroubles, listSchedules, pauseSchedule,
  mostReportContents, previewReport, readSchedule, type Recipient, type ReportContent, type ReportPeriod, reportPeriods, rhythm, type Rhythm, type SavedContent, type ScheduleWanted, sendAgain, type ShownGroup, type ShownOccasion,
  type ShownSchedule, testSchedule,
} from './contract/reporting.ts';
export { cancelModel, modelStages, readModel, type ShownRun, trainModel } from './contract/models.ts';
export {
  type CohortCell, type CohortCellPeople, cohortKinds, type CohortKind, cohortLimits, type CohortPart, type CohortRow, cohortUnits, type CohortUnit, exportCohorts, readCohorts,
} from './contract/cohorts.ts';
export { type FlowAsked, type FlowKind, flowLimits, type FlowStepPeople, readFlow, visitGapMinutes } from './contract/flows.ts';
export {
  createFunnel, deleteFunnel, type FunnelAsked, type FunnelDefinition, funnelLimits, type FunnelSplit, type FunnelStep, type FunnelStepPeople, listFunnels, nextWithinHours,
  readFunnel, readFunnelNext, type SavedFunnel, splitKinds, updateFunnel, windowMs, type WindowUnit,
} from './contract/funnels.ts';
export { keepPeople, peopleOf, type PeopleOf, readPeople } from './contract/people.ts';
export {
  changeLifecycleLimits, type LifecycleLimits, lifecycleLimits, type LifecyclePeriod, lifecyclePeriods, type LifecyclePlace, lifecyclePlaces, type LifecycleState, lifecycleStates,
  readLifecycle, readLifecycleLimits, readLifecycleMoves,
} from './contract/lifecycle.ts';
export { readRepurchase, type Repurchase } from './contract/repurchase.ts';
export { changeRfmLimits, readRfmBoard, readRfmLimits, readRfmMonths, readRfmMoves, type RfmPlace, rfmPlaces } from './contract/rfm.ts';
export { type PreferenceDimension, preferenceDimensions, type PreferenceResult, readPreference } from './contract/preference.ts';
export { askQuestion, readChoices, readDefinitions } from './contract/ask.ts';
export {
  buyingModels, type BuyingModelName, discountPerYear, horizons, type LifetimeGroup, type LifetimeResult, type LifetimeTrial, lifeYears, orderBands, peopleOfLifetime,
  type PeopleOfLifetime, readLifetimeValue, restBands, tellingCorrelation,
} from './contract/lifetime-value.ts';
export { exportBreakdown, exportFormats, readBreakdown, readOverview } from './contract/endpoints.ts';
export {
  answer,
  cellOf,
  comparisons,
  figureRecord,
  metricUnits,
  mostQuestionRows,
  question,
  questionFilter,
  questionPeriod,
  registryName,
  relativePeriods,
  type AnswerColumn,
  type AnswerReply,
  type CellOf,
  type Comparison,
  type Figure,
  type MetricUnit,
  type Question,
  type QuestionAsked,
  type QuestionFilter,
  type QuestionPeriod,
  type QuestionRow,
  type RelativePeriod,
} from './contract/question.ts';
export { readDecisionTree, treeParams, type TreeNode, type TreeResult, type TreeTarget, treeTargets } from './contract/decision-tree.ts';
export {
  dimensionNames,
  fieldDimensions,
  figures,
  metricNames,
  metricTraits,
  timeDimensions,
  type DimensionName,
  type FieldDimension,
  type Figures,
  type MetricName,
  type MetricTraits,
  type TimeDimension,
} from './contract/figures.ts';
export { answerViews, changeDashboard, changeReport, createDashboard, createReport, deleteDashboard, deleteReport, exportAnswer, listDashboards, listReports, readDashboard, readReport, readTemplates, sharings, type AnswerView, type DashboardBody, type KeptHead, type ReportBody, type Sharing } from './contract/kept-views.ts';
export { listTargets, setTargets } from './contract/targets.ts';
