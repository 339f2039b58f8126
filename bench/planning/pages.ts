import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { createApp } from '../../src/app.ts';
import { createCommerce } from '../../src/domains/commerce/public.ts';
import { systemActor } from '../../src/kernel/actor.ts';
import { createServer } from '../../src/platform/http/server.ts';
import { createSay } from '../../src/platform/i18n.ts';
import { insertOrderLines } from '../input/order-lines.ts';
import { openPlatform } from '../input/open-platform.ts';
import type { Figure } from '../run.ts';

const target = 500;
const rounds = 20;
const metrics = ['sales', 'orders', 'buyers', 'order_value', 'new_buyers'];

/** What each page of a plan reads when it is opened. */
const readBy = (planNo: number, one: { goal: number; project: number; card: number }): Record<string, string[]> => {
  const plan = `/api/plans/${planNo}`;
  const items = (kinds: string): string => `${plan}/items?kinds=${kinds}`;
  return {
    start: [`${plan}/progress`, items('need,swot_note,conclusion,goal,lane_plan,duty,position')],
    document: [`${plan}/document`],
    reasons: [`${plan}/evidence`, items('need,swot_note,strategy,conclusion')],
    goals: [`${plan}/goals?unit=year`, items('goal')],
    goal: [`${plan}/goals/${one.goal}`],
    business: ['/api/plan-programs', items('lane_plan,program_place')],
    stages: [`${plan}/stages`],
    positions: [items('position,assignment,duty,responsibility,position_cost'), `${plan}/staffing`],
    projects: [`${plan}/projects`],
    project: projectPage(plan, one.project),
    kpi: [`${plan}/cards`, items('scorecard')],
    card: [`/api/cards/${one.card}`],
    budget: [`${plan}/budget?year=2026`, `${plan}/budget/lines?year=2026&pageSize=50`],
    director: [`${plan}/director`],
    changes: ['/api/plans', `${plan}/changes`],
  };
};

/** What a project's page reads: its figures and its list, as it is opened; then board and chart, as they are. */
const projectPage = (plan: string, project: number): string[] => ['', '/work?page=1&pageSize=20&show=open', '/board', '/gantt'].map((part) => `${plan}/projects/${project}${part}`);

/** How long the answers take that a page waits for, all asked at once: the slowest of twenty openings, the first with nothing kept. */
export async function* pages({ goals = 200, tasks = 500, lines = 300, people = 100, projectTasks = 10_000, orderLines = 1_000_000 }: Record<string, number>): AsyncGenerator<Figure> {
  const dataDir = mkdtempSync(join(tmpdir(), 'perennial-bench-'));
  const { platform, log, close } = await openPlatform(dataDir);
  try {
    await insertOrderLines(platform.clickhouse, { customers: Math.ceil(orderLines / 5), lines: orderLines });
    await createCommerce(platform).refreshSummaries('all');
    const { planNo, scorecard, ...one } = await insertPlan(platform.pg, { goals, tasks, lines, people });
    const server = await createServer({ log, say: createSay(), routes: createApp(platform, undefined).routes, authenticate: async () => systemActor });
    const opened = await server.inject({
      method: 'POST', url: `/api/plans/${planNo}/cards`, payload: { templateNo: scorecard, period: '2026', team: 'Users', people: Array.from({ length: people }, (_, n) => ({ staffId: null, name: `Person ${n}` })) },
    });
    if (opened.statusCode !== 201) throw new Error(`cards were not opened: ${opened.body}`);
    const card = opened.json<{ cardNos: number[] }>().cardNos[0];
    const ask = async (url: string): Promise<void> => {
      const reply = await server.inject({ url });
      if (reply.statusCode !== 200) throw new Error(`${url}: ${reply.body.slice(0, 300)}`);
    };
    /** The slowest of so many openings; `before` each something may have changed. */
    const slowest = async (addresses: readonly string[], before = async (): Promise<unknown> => undefined): Promise<number> => {
      const taken: number[] = [];
      for (let round = 0; round < rounds; round++) {
        await before();
        const started = performance.now();
        await Promise.all(addresses.map(ask));
        taken.push(performance.now() - started);
      }
      return Math.round(Math.max(...taken));
    };
    for (const [page, addresses] of Object.entries(readBy(planNo, { ...one, card }))) {
      const value = await slowest(addresses);
      yield { name: `planning.${page}.slowest`, value, unit: 'ms', target, holds: value <= target, goals, tasks, lines, people, orderLines };
    }
    const large = await insertProject(platform.pg, planNo, projectTasks);
    const value = await slowest(projectPage(`/api/plans/${planNo}`, large), () => platform.pg.query('update plan set change_no = change_no + 1 where plan_no = $1', [planNo]));
    yield { name: 'planning.largeProject.slowest', value, unit: 'ms', target, holds: value <= target, projectTasks, orderLines };
    await server.close();
  } finally {
    await close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** A project whose tasks wait for one another in chains, over a year. Each time it is read somebody has changed the plan. */
async function insertProject(pool: pg.Pool, planNo: number, tasks: number): Promise<number> {
  const { rows: [{ itemNo }] } = await pool.query<{ itemNo: number }>(
    `insert into plan_item (plan_no, kind, parent_no, place, body, changed_at, changed_by) values ($1, 'project', null, 1000, $2, now(), 'bench') returning item_no as "itemNo"`,
    [planNo, JSON.stringify({ name: 'Large', aim: '', owner: null, departments: [], from: '2026-01-01', to: '2026-12-31', state: 'running', sourceNo: null, lineNos: [] })]);
  await pool.query(
    `insert into plan_item (plan_no, kind, parent_no, place, body, changed_at, changed_by)
      select $1, 'task', $2, n, jsonb_build_object('name', 'Task ' || n, 'note', repeat('Said of it. ', 10), 'owner', jsonb_build_object('staffId', null, 'name', 'Person ' || n % 40), 'department', '',
          'from', date '2026-01-01' + (n * 7919) % 330, 'to', date '2026-01-01' + (n * 7919) % 330 + 10, 'state', (array['todo', 'doing', 'waiting', 'done', 'done'])[1 + n % 5], 'estimateHours', 8,
          'doneOn', case when n % 5 > 2 then date '2026-01-01' + (n * 7919) % 330 + 9 end, 'dependsOn', '[]'::jsonb, 'meetingNo', null), now(), 'bench' from generate_series(1, $3::int) n`, [planNo, itemNo, tasks]);
  await pool.query(
    `update plan_item t set body = jsonb_set(body, '{dependsOn}', jsonb_build_array(before.item_no)) from (select item_no, place from plan_item where parent_no = $1) before where t.parent_no = $1 and t.place = before.place + 1 and t.place::int % 10 <> 0`, [itemNo]);
  return itemNo;
}

/** A plan as large as a department of a hundred has one. */
async function insertPlan(pool: pg.Pool, { goals, tasks, lines, people }: Record<'goals' | 'tasks' | 'lines' | 'people', number>): Promise<{ planNo: number; goal: number; project: number; scorecard: number }> {
  const { rows: [{ planNo }] } = await pool.query<{ planNo: number }>(`insert into plan (name, starts_on, years, is_current, created_at, created_by) values ('2026', '2026-01-01', 5, true, now(), 'bench') returning plan_no as "planNo"`);
  /** Adds `count` of a kind, each under one of `parents` in turn. */
  const add = async (kind: string, count: number, bodyOf: (n: number) => object, parents: number[] = []): Promise<number[]> => {
    const { rows } = await pool.query<{ itemNo: number }>(
      `insert into plan_item (plan_no, kind, parent_no, place, body, changed_at, changed_by) select $1, $2, parent, n, body, now(), 'bench' from unnest($3::int[], $4::jsonb[]) with ordinality as t (parent, body, n) returning item_no as "itemNo"`,
      [planNo, kind, Array.from({ length: count }, (_, n) => (parents.length === 0 ? null : parents[n % parents.length])), Array.from({ length: count }, (_, n) => JSON.stringify(bodyOf(n)))]);
    return rows.map(({ itemNo }) => itemNo);
  };
  const owner = (n: number) => ({ staffId: null, name: `Person ${n % people}` });
  const goal = (n: number) => ({
    name: `Goal ${n}`, level: n === 0 ? 'core' : 'process', note: '', owner: owner(n), metric: { metric: metrics[n % metrics.length], filter: null }, better: 'higher', baseline: { from: 'registry', period: '2025' },
    targets: [{ period: '2026', value: String(1_000 + n) }], spread: 'season', tolerancePercent: 5, typed: [], typedNature: 'sum',
  });
  const [core] = await add('goal', 1, goal);
  await add('goal', goals - 1, (n) => goal(n + 1), [core]);
  await add('need', 20, (n) => ({ side: n % 2 === 0 ? 'inside' : 'outside', text: `Need ${n}`, source: 'survey' }));
  const projects = await add('project', 20, (n) => ({ name: `Project ${n}`, aim: '', owner: owner(n), departments: [], from: '2026-01-01', to: '2026-12-31', state: 'running', sourceNo: null }));
  await add('task', tasks, (n) => ({ name: `Task ${n}`, note: '', owner: owner(n), department: '', from: '2026-03-01', to: '2026-11-30', state: 'todo', estimateHours: 8, doneOn: null, dependsOn: [], meetingNo: null }), projects);
  const positions = await add('position', people, (n) => ({ name: `Position ${n}`, department: '', opens: '2026-01-01', closes: null, becomesNo: null, reportsToNo: null, headcount: 1, purpose: '', skills: [], kpi: [], roleId: null }));
  await add('assignment', people, (n) => ({ person: owner(n), sharePercent: 100, from: '2026-01-01', to: null }), positions);
  await add('position_cost', people, () => ({ from: '2026-01-01', monthly: '12000.5', source: '' }), positions);
  const duties = await add('duty', 40, (n) => ({ name: `Duty ${n}`, stage: ['foundation', 'experiments', 'value', 'loyalty'][n % 4], isCore: true, note: '' }));
  await add('responsibility', 200, (n) => ({ positionNo: positions[n % people], letter: n < 40 ? 'A' : 'R' }), duties);
  const whole = { better: { is: 'higher', target: '100', floor: '0', most: '120' }, weight: '25' };
  const [scorecard] = await add('scorecard', 1, () => ({
    name: 'Specialist', note: '', positionNo: null, parts: [
      { kind: 'outcome', key: 'a', name: 'Sales', metric: { metric: 'sales', filter: null }, ...whole }, { kind: 'process', key: 'b', name: 'Tasks', work: 'tasks', ...whole },
      { kind: 'progress', key: 'c', name: 'In time', weight: '25', of: 'both', curve: [{ days: 0, score: '100' }, { days: 20, score: '0' }] }, { kind: 'subjective', key: 'd', name: 'Said', weight: '25', criteria: '' },
    ],
  }));
  await pool.query(
    `insert into budget_line (plan_no, name, purpose, from_month, until_month, cap, over_cap, created_at, created_by)
      select $1, 'Line ' || n, 'messages', '2026-01-01', '2026-12-01', 10000 + n, 'stop', now(), 'bench' from generate_series(1, $2::int) n`, [planNo, lines]);
  return { planNo, goal: core, project: projects[0], scorecard };
}
