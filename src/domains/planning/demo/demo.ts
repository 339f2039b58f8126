import type pg from 'pg';
import { type Actor, systemActor } from '../../../kernel/actor.ts';
import { addDays, type Day, dayIn, startOfDay } from '../../../kernel/day.ts';
import { parseDecimal } from '../../../kernel/decimal.ts';
import type { Program } from '../../../kernel/program.ts';
import { readBrand } from '../../../platform/settings.ts';
import type { AddToDemo } from '../../collect/public.ts';
import { createBudgetBook } from '../budget/book.ts';
import type { ItemBody, Plan } from '../contract.ts';
import { openCardsIn } from '../kpi/cards/keep-cards.ts';
import { lockPlan } from '../items/changes.ts';
import { type NumberedItem, reserveItemNos } from '../items/add-many.ts';
import type { PlanningDoors } from '../part.ts';
import { beginPlanIn, requirePlan } from '../plans/keep-plans.ts';
import { fillPlan, type Numbers } from '../start/fill.ts';
import { readTemplate } from '../start/template.ts';
import { addDemoBudget } from './demo-budget.ts';
import { measuredTargets } from './demo-targets.ts';
import { demoPeople, demoPlaces, demoProjects } from './demo-work.ts';

const at = (day: Day, hour: number, timeZone: string): string => new Date(startOfDay(day, timeZone).getTime() + hour * 3_600_000).toISOString();
const doerOf = (key: keyof typeof demoPeople) => ({ staffId: null, name: demoPeople[key].name });

/** The plan of the demonstration brand: the template of consumer goods with targets out of the brand's own orders, the year's budget with what was spent of it, people, and projects around today. */
export const addDemoPlan = (doors: PlanningDoors): AddToDemo => async (client, { endMs }) => {
  const { timeZone } = await readBrand(client);
  const today = dayIn(timeZone, new Date(endMs));
  const startsOn = `${today.slice(0, 4)}-01-01`;
  const actor: Actor = { ...systemActor, name: demoPeople.lin.name };
  const template = readTemplate('consumer', 'zh-CN');
  const goals = await measuredTargets(doors.figures, template.goals, today);
  const plan = await beginPlanIn(client, { name: template.plan, startsOn, years: 5 }, actor, new Date(endMs));
  await lockPlan(client, plan.planNo);
  const numbers = await fillPlan({ client, items: doors.items, plan, template: { ...template, goals }, actor });
  const lineNos = await addDemoBudget(doors, client, { plan, template, actor, today, timeZone });
  const placed = (await doors.programs.list('zh-CN')).map((program) => ({ program, body: placeOf(program, lineNos) }));
  await addItems(doors, client, plan, actor, [...peopleItems(plan, numbers), ...projectItems(numbers, today, timeZone), ...placed.map(({ body }): Keyed => ({ kind: 'program_place', parentNo: null, body }))]);
  await drawOnBudget(doors, client, placed, actor);
  await openCards(client, doors, await requirePlan(client, plan.planNo), numbers, actor, new Date(endMs));
};

/** Something to be added; what hangs under another or waits for one names it by its key. */
type Keyed = { key?: string; under?: string; after?: string[] } & Pick<NumberedItem, 'kind' | 'parentNo' | 'body'>;

async function addItems({ items }: PlanningDoors, client: pg.PoolClient, { planNo }: Plan, actor: Actor, all: readonly Keyed[]): Promise<void> {
  const itemNos = await reserveItemNos(client, all.length);
  const numberOf = new Map(all.flatMap(({ key }, n) => (key === undefined ? [] : [[key, itemNos[n]]])));
  await items.addMany(client, planNo, all.map(({ kind, parentNo, body, under, after }, n) => ({
    itemNo: itemNos[n], kind, parentNo: under === undefined ? parentNo : numberOf.get(under)!, body: after ? { ...body, dependsOn: after.map((key) => numberOf.get(key)!) } : body,
  }) as NumberedItem), actor);
}

const peopleItems = ({ startsOn }: Plan, numbers: Numbers): Keyed[] => {
  const positions = new Map(Object.values(demoPeople).map(({ position, monthly }) => [position, monthly]));
  return [
    ...Object.values(demoPeople).map(({ name, position }): Keyed => ({ kind: 'assignment', parentNo: numbers.get(`position ${position}`)!, body: { person: { staffId: null, name }, sharePercent: 100, from: startsOn } })),
    ...[...positions].map(([position, monthly]): Keyed => ({ kind: 'position_cost', parentNo: numbers.get(`position ${position}`)!, body: { from: startsOn, monthly, source: '年度薪酬预算' } })),
  ];
};

const projectItems = (numbers: Numbers, today: Day, timeZone: string): Keyed[] => demoProjects.flatMap(({ milestones, tasks, meeting, owner, from, to, source, ...project }, n) => {
  const [under, day] = [`project ${n}`, (days: number): Day => addDays(today, days)];
  const of = (key: string): string => `${n} ${key}`;
  return [
    { key: under, kind: 'project', parentNo: null, body: { ...project, owner: doerOf(owner), from: day(from), to: day(to), sourceNo: numbers.get(source) ?? null } },
    ...milestones.map(({ name, due, doneOn }): Keyed => ({ under, kind: 'milestone', parentNo: null, body: { name, owner: doerOf(owner), due: day(due), doneOn: doneOn === undefined ? null : day(doneOn) } })),
    ...tasks.map(({ key, name, owner: doer, from: begins, to: due, state, doneOn, hours, after = [] }): Keyed => ({
      key: of(key), under, after: after.map(of), kind: 'task', parentNo: null,
      body: { name, owner: doerOf(doer), department: '用户运营部', from: day(begins), to: day(due), state, doneOn: doneOn === undefined ? null : day(doneOn), estimateHours: hours },
    })),
    ...(meeting ? [{ under, kind: 'meeting', parentNo: null, body: { name: meeting.name, at: at(day(meeting.in), 10, timeZone), lengthMinutes: 60, place: '三楼会议室', state: meeting.state, participants: Object.values(demoPeople).map(({ name }) => ({ staffId: null, name, email: null })), agenda: meeting.agenda, minutes: meeting.minutes, decisions: meeting.decisions } } satisfies Keyed] : []),
  ] satisfies Keyed[];
});

/** Campaigns and activities where they belong; what the membership gives to everybody is of no line. */
function placeOf({ key, kind, name }: Program, lineNos: ReadonlyMap<string, number>): ItemBody<'program_place'> {
  if (kind === 'programme' || kind === 'benefit') return { program: key, lane: 'retention', stage: 'foundation', lineNos: [] };
  const { lane, stage, line } = demoPlaces.find(({ named }) => named.test(name))!;
  return { program: key, lane, stage, lineNos: [lineNos.get(line)!] };
}

/** What is set aside for an activity that is not over, in ten-thousandths. */
const reservation = 2_000_0000n;

/** Campaigns that are over have spent what their messages cost; activities that are not have something set aside. */
async function drawOnBudget({ platform }: PlanningDoors, client: pg.PoolClient, placed: readonly { program: Program; body: ItemBody<'program_place'> }[], actor: Actor): Promise<void> {
  const book = createBudgetBook(platform);
  for (const { program: { key, kind, state, cost }, body: { lineNos: [lineNo] } } of placed) {
    const amount = kind === 'campaign' ? (parseDecimal(cost ?? '') ?? 0n) : reservation;
    if (lineNo === undefined || amount === 0n || (kind === 'activity' && state === 'ended')) continue;
    await book.carryOut(client, { lineNo, program: key, key: `demonstration ${key}`, by: actor.name, command: { kind: kind === 'campaign' ? 'spend' : 'reserve', amount } });
  }
}

/** A card of the year for everybody who fills a position. */
async function openCards(client: pg.PoolClient, { figures }: PlanningDoors, { planNo, startsOn }: Plan, numbers: Numbers, actor: Actor, openedAt: Date): Promise<void> {
  for (const position of new Set(Object.values(demoPeople).map((person) => person.position))) {
    const people = Object.values(demoPeople).filter((person) => person.position === position).map(({ name }) => ({ staffId: null, name }));
    await openCardsIn(client, figures, planNo, { templateNo: numbers.get(`scorecard ${position}`)!, period: startsOn.slice(0, 4), team: '用户运营部', people, endsOthers: false }, actor, openedAt);
  }
}
