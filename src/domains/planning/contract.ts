/**
 * What this domain's permissions allow: reading the plan; working on it; being the second person for targets and budgets; seeing what
 * people cost and how they are scored; handling the budget.
 */
export const permissions = ['planning.read', 'planning.edit', 'planning.approve', 'planning.people', 'planning.budget'] as const;

export { addItem, editItem, itemKinds, listChanges, listItems, moveItem, removeItem, undoChange, type Item, type ItemBody, type ItemKind, type ItemKindName, type PlanChange } from './contract/items.ts';
export { createPlan, editPlan, listPlans, readPlan, stageKeys, type Plan, type StageKey } from './contract/plans.ts';
export { type Doer, doerSchema, meetingStates, type Participant, participantSchema, projectStates, type ProjectState, taskStates, type TaskState } from './contract/kinds/projects.ts';
export { type Lane, lanes } from './contract/kinds/programs.ts';
export { type Criterion, criterionStates, readStages, type StageProgress, type StageWarning } from './contract/stages.ts';
export { type FactTraits, type StageFactName, stageFactNames, stageFacts } from './contract/stage-facts.ts';
export { listPrograms } from './contract/programs.ts';
export { type FigureAsked, figureAsked, type FigureNature, figureNatures, listPlanMetrics, type PlanMetric, readFigures, type Reading, type ReadingState, readingStates } from './contract/figures.ts';
export { type Days, daysOf, partsOf, periodOf, type PeriodUnit, periodUnits, type PlanPeriod, planPeriod, unitOf } from './contract/periods.ts';
export {
  type BoardCard, firstCards, listDoers, listMyWork, listProjects, listProjectWork, type ProjectFigures, type ProjectGanttRow, type ProjectRisk, projectRisks, type ProjectWorkRow, readProject, type ReadProject, readProjectBoard, readProjectGantt, readWork, type ReadWork,
  type ScheduledItem, wholeGantt, workShows,
} from './contract/projects.ts';
export { type Evidence, evidenceSchema, type Quadrant, quadrants, sidesOf, type StrategyKind, strategyKinds } from './contract/kinds/reasons.ts';
export { type MonitorBound, type MonitorWindow, monitorWindows } from './contract/kinds/monitors.ts';
export { listMonitors, type MonitorStanding, type MonitorState, monitorStates } from './contract/monitors.ts';
export { reviewOutcomes, type ReviewOutcome, type ReviewPart, reviewParts } from './contract/kinds/reviews.ts';
export { closeProject, type ClosingFigures, type FoundReview, listReviews, listReviewTags, readClosing, readReviewVersion, type ReviewScore } from './contract/reviews.ts';
export { readEvidence, type ShownEvidence } from './contract/reasons.ts';
export { forecastMethods, type ForecastMethod, type GoalPoint, type GoalState, goalStatuses, type GoalStatus, readGoal, readGoals, type TargetOrigin, targetOrigins } from './contract/goals.ts';
export { type GoalLevel, goalLevels } from './contract/kinds/goals.ts';
export { type RaciLetter, raciLetters } from './contract/kinds/positions.ts';
export { type Block, type DocumentFormat, documentFormats, exportDocument, readDocument, type WrittenDocument } from './contract/document.ts';
export { type DirectorRisk, type DirectorRiskKind, directorRiskKinds, type DirectorView, exportDirector, listDirectorMails, readDirector, sendDirector } from './contract/director.ts';
export { addMailing, changeMailing, type GoesTo, listMailings, type Mailing, type MailingWanted, type MailReader, removeMailing } from './contract/mailings.ts';
export { editPlanReport, exportPlanReport, listPlanReports, type PlanReport, type PlanReportHead, type PlanReportSection, readPlanReport, reportDays, reportUnits, type ReportUnit, rewritePlanReport, sendPlanReport, writePlanReport } from './contract/reports.ts';
export { endCalendarFeed, type Invitations, makeCalendarFeed, openCalendarFeed, readCalendarFeed, readInvitations, sendInvitations } from './contract/calendar.ts';
export { addRobot, listRobots, removeRobot, type Robot, type RobotKind, robotKinds, testRobot } from './contract/robots.ts';
export { exportJobs, listPositionRoles, readStaffing } from './contract/positions.ts';
export { type Check, type Element, elements, listTemplates, type Progress, readProgress, startFromTemplate, type TemplateKey, templateKeys } from './contract/start.ts';
export {
  agreeDueDays, answerAppeal, appealCard, type Card, type CardEvidence, type CardHead, type CardLine, changeCard, decideCardChange, freezeCard, listCards, listWorkKinds, markCard, openCards, type PersonScore, proveCard, readCard, type ReviewedCard, reviewPeriod, shiftCard,
} from './contract/kpi.ts';
export { type BetterFigures, type CardPart, type WorkKind, workKinds } from './contract/kinds/scorecards.ts';
export {
  addPeopleBudget, askBudgetChange, type BudgetChange, budgetColumns, type BudgetEntry, type BudgetGroup, type BudgetLine, type BudgetLineDefinition, budgetLimits, budgetMonth, type BudgetPurpose, budgetPurposes, changeBudgetLine, closeBudgetLine, createBudgetLine,
  budgetLineDefinition, decideBudgetChanges, enterBudgetInvoice, exportBudget, groupings, importBudgetWorkbook, listBudgetChanges, listBudgetEntries, listBudgetLines, type BudgetVersionChange, handKinds, listBudgetVersionChanges, listBudgetVersions, orderBudget, overCaps, type Unbooked, type Vacant,
  previewBudgetWorkbook, readBudget, readBudgetLine, takeBackBudgetInvoice,
} from './contract/budget.ts';
