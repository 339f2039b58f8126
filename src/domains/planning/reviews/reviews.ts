import { z } from 'zod';
import type { Actor } from '../../../kernel/actor.ts';
import { conflict, notFound, Problem } from '../../../kernel/problem.ts';
import { route } from '../../../platform/http/route.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { recordAudit } from '../../access/public.ts';
import { linesOf } from '../budget/lines/store.ts';
import { type ClosingFigures, closeProject, type Doer, type Item, listReviews, listReviewTags, readClosing, readReviewVersion } from '../contract.ts';
import type { GoalsBook } from '../goals/goals.ts';
import { lockPlan } from '../items/changes.ts';
import { requireItem, requirePresent, shownItem } from '../items/stored.ts';
import { readMonitors } from '../monitors/read.ts';
import type { PlanningDoors, PlanningPart } from '../part.ts';
import { known, readPlanWork } from '../projects/read/plan-work.ts';
import { closingFigures } from './figures.ts';
import { scoresOf } from './scores.ts';
import { findReview, findReviews, keepClosing, readClosings, readTags, readVersions, requireVersion } from './store.ts';

export interface ReviewDoors extends PlanningDoors {
  goals: GoalsBook;
}

/** A page waits so long for the engine; whoever closes a project a little longer, because what is kept then stays. */
const pageWaitMs = 250;
const closingWaitMs = 5_000;

/** What a project came to and what was learnt, kept when it is closed and found again. */
export function createReviews(doors: ReviewDoors): PlanningPart {
  const { platform: { pg: pool, clock }, items } = doors;
  items.registerCheck('review', async ({ parentNo }, client) => {
    const { rows: [{ count }] } = await client.query<{ count: number }>("select count(*)::int as count from plan_item where parent_no = $1 and kind = 'review' and removed_at is null", [parentNo]);
    if (count > 1) throw new Problem('planning.reviewed_already', { status: 422, fields: [{ path: 'body.parentNo', code: 'reviewed_already' }] });
    return [];
  });
  const requireReview = async (planNo: number, projectNo: number): Promise<Item> => {
    const itemNo = await findReview(pool, projectNo);
    if (itemNo === null) throw notFound('planning.item_not_found', { itemNo: projectNo });
    return inTransaction(pool, async (client) => shownItem(await requireItem(client, planNo, itemNo)));
  };
  return {
    routes: [
      route(readClosing, async ({ params: { planNo, itemNo }, actor }) => {
        const { people, ...now } = await figuresNow(doors, planNo, itemNo, pageWaitMs);
        const review = (await findReview(pool, itemNo)) === null ? null : await requireReview(planNo, itemNo);
        const { from, asOf } = now.figures;
        const [closings, versions, scores] = await Promise.all([readClosings(pool, itemNo), review === null ? [] : readVersions(pool, review), scoresOf(pool, planNo, people, { from, until: asOf > from ? asOf : from }, actor)]);
        return { ...now, review, closings, scores, versions: versions.map(({ body: _body, ...version }) => version) };
      }),
      route(closeProject, async ({ params: { planNo, itemNo }, body, actor }) => {
        const { figures } = await figuresNow(doors, planNo, itemNo, closingWaitMs);
        return inTransaction(pool, (client) => close(doors, client, { planNo, itemNo, figures, at: clock.now(), ...body }, actor));
      }),
      route(readReviewVersion, async ({ params: { planNo, itemNo, changeNo } }) => requireVersion(pool, await requireReview(planNo, itemNo), changeNo)),
      route(listReviews, async ({ query }) => ({ ...(await findReviews(pool, query)), computedAt: clock.now().toISOString() })),
      route(listReviewTags, async () => ({ tags: await readTags(pool) })),
    ],
  };
}

/** What a project comes to by now; pending while its goal is counted for longer than `waitMs`. */
async function figuresNow({ platform, items, figures, goals }: ReviewDoors, planNo: number, itemNo: number, waitMs: number): Promise<{ figures: ClosingFigures; computedAt: string; isPending: boolean; people: (Doer | null)[] }> {
  const work = await readPlanWork(platform, items, planNo);
  const project = work.projects.find((each) => each.itemNo === itemNo);
  if (!project) throw notFound('planning.item_not_found', { itemNo });
  const { sourceNo, lineNos = [] } = project.body;
  const [ofGoal] = sourceNo === null ? [] : known(await items.list(planNo, ['goal']), 'goal').filter((goal) => goal.itemNo === sourceNo);
  const [monitors, states, lines] = await Promise.all([
    readMonitors(platform.pg, items, planNo, { projectNo: itemNo }), ofGoal ? goals.states(planNo, 'year', waitMs) : [],
    // What people cost is not everybody's, and what is kept is for all.
    lineNos.length === 0 ? [] : linesOf(platform.pg, { planNo, withPeople: false }, null),
  ]);
  const state = states.find(({ goal }) => goal.itemNo === ofGoal?.itemNo);
  const own = work.items.filter(({ parentNo }) => parentNo === itemNo);
  return {
    people: [project.body.owner, ...own.map(({ body: { owner } }) => owner)],
    figures: closingFigures({
      project: project.body, items: own, today: work.today, monitors, unitOf: (metric) => figures.metric(metric)?.unit ?? null,
      goal: ofGoal && state ? { body: ofGoal.body, state: state.state } : null, lines: lines.filter(({ lineNo }) => lineNos.includes(lineNo)),
    }),
    computedAt: work.computedAt, isPending: state?.isPending ?? false,
  };
}

type Closing = z.output<NonNullable<typeof closeProject.body>> & { planNo: number; itemNo: number; figures: ClosingFigures; at: Date };

/** Closes a project, writes its review or changes the one it has, and keeps its figures: all of it or nothing. */
async function close({ items }: ReviewDoors, client: Parameters<typeof keepClosing>[0], { planNo, itemNo, state, version, review, reviewVersion, figures, at }: Closing, actor: Actor): Promise<Item> {
  await lockPlan(client, planNo);
  const project = await requirePresent(client, planNo, itemNo);
  const reviewNo = await findReview(client, itemNo);
  const isOver = project.body.state === 'done' || project.body.state === 'dropped';
  if (isOver && reviewNo !== null) throw conflict('planning.closed_already', { by: project.changedBy });
  await items.editIn(client, planNo, itemNo, { version, changes: { state } }, actor);
  const kept = reviewNo === null ? await items.addIn(client, planNo, { kind: 'review', parentNo: itemNo, afterNo: null, body: review }, actor) : await items.editIn(client, planNo, reviewNo, { version: reviewVersion ?? 0, changes: review }, actor);
  await keepClosing(client, itemNo, { state, figures, at, by: actor.name });
  await recordAudit(client, { actor, action: 'planning.close_project', subject: `project:${itemNo}`, details: { planNo, state } });
  return kept;
}
