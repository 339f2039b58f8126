import type { Day } from '../../../kernel/day.ts';
import type { Program } from '../../../kernel/program.ts';
import { type DirectorRisk, type DirectorRiskKind, directorRiskKinds, type DirectorView, type GoalState, type ItemBody, type ProjectFigures, stageKeys } from '../contract.ts';
import type { Known } from '../projects/read/plan-work.ts';

export interface Watched {
  planNo: number;
  today: Day;
  goals: readonly { name: string; unit: DirectorRisk['unit']; state: GoalState }[];
  projects: readonly { itemNo: number; name: string; figures: Pick<ProjectFigures, 'risk' | 'lateDays'> }[];
  monitors: readonly { projectNo: number; name: string; unit: DirectorRisk['unit']; monitor: NonNullable<DirectorRisk['monitor']> }[];
  budget: readonly { name: string; share: number }[];
  programs: readonly Program[];
  duties: readonly Known<'duty'>[];
  positions: readonly Known<'position'>[];
  responsibilities: readonly Known<'responsibility'>[];
}

/** So many of a kind are shown; the page of the kind has all. */
const shownOfKind = 10;

/** What a director should know of before it is too late, the worst of each kind first. */
export function risksOf(watched: Watched): DirectorView['risks'] {
  const all: Record<DirectorRiskKind, DirectorRisk[]> = { goal: offPath(watched), project: late(watched), monitor: crossed(watched), budget: usedUp(watched), program: uncontrolled(watched), duty: unowned(watched) };
  return directorRiskKinds.map((kind) => ({ kind, total: all[kind].length, first: all[kind].slice(0, shownOfKind) }));
}

const blank = { goal: null, unit: null, lateDays: null, monitor: null, share: null, stage: null };

function offPath({ planNo, goals }: Watched): DirectorRisk[] {
  const missing = ({ actual: { value }, path }: GoalState): number => Math.abs(Number(value) - path!) / (Math.abs(path!) || 1);
  return goals.filter(({ state }) => state.status === 'off').toSorted((a, b) => missing(b.state) - missing(a.state))
    .map(({ name, unit, state }) => ({ ...blank, kind: 'goal', name, unit, goal: state, path: `/plan/goals/${state.itemNo}?plan=${planNo}` }));
}

const late = ({ planNo, projects }: Watched): DirectorRisk[] =>
  projects.filter(({ figures }) => figures.risk === 'late').toSorted((a, b) => b.figures.lateDays - a.figures.lateDays)
    .map(({ itemNo, name, figures: { lateDays } }) => ({ ...blank, kind: 'project', name, lateDays: lateDays > 0 ? lateDays : null, path: `/plan/projects/${itemNo}?plan=${planNo}` }));

/** What has been outside its bound the longest first. */
const crossed = ({ planNo, monitors }: Watched): DirectorRisk[] =>
  monitors.toSorted((a, b) => a.monitor.since.localeCompare(b.monitor.since)).map(({ projectNo, ...risk }) => ({ ...blank, ...risk, kind: 'monitor', path: `/plan/projects/${projectNo}?plan=${planNo}&tab=monitoring` }));

const usedUp = ({ planNo, budget }: Watched): DirectorRisk[] =>
  budget.map(({ name, share }) => ({ ...blank, kind: 'budget', name, share, path: `/plan/budget?plan=${planNo}` }));

/** The programme of membership and its benefits are for all who are entitled: nobody can be left out of them. */
const uncontrolled = ({ programs }: Watched): DirectorRisk[] =>
  programs.filter(({ kind, state, hasControl }) => (kind === 'campaign' || kind === 'activity') && state === 'running' && !hasControl).map(({ name, path }) => ({ ...blank, kind: 'program', name, path }));

/** A position that is yet to open will do its duties; one that was closed will not. */
function unowned({ planNo, today, duties, positions, responsibilities }: Watched): DirectorRisk[] {
  const there = new Set(positions.filter(({ body: { closes } }) => closes === null || closes >= today).map(({ itemNo }) => itemNo));
  const isDone = ({ positionNo, letter }: ItemBody<'responsibility'>): boolean => there.has(positionNo) && (letter === 'R' || letter === 'A');
  const owned = new Set(responsibilities.filter(({ body }) => isDone(body)).map(({ parentNo }) => parentNo));
  return duties.filter(({ itemNo }) => !owned.has(itemNo)).toSorted((a, b) => Number(b.body.isCore) - Number(a.body.isCore) || stageKeys.indexOf(a.body.stage) - stageKeys.indexOf(b.body.stage))
    .map(({ body: { name, stage } }) => ({ ...blank, kind: 'duty', name, stage, path: `/plan/positions?plan=${planNo}&view=raci` }));
}
