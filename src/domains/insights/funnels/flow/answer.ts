import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { Bindings } from '../../../audiences/public.ts';
import { momentsOf } from '../../../commerce/public.ts';
import { type FlowAsked, type FlowKind, flowLimits, type FlowStepPeople, type readFlow, visitGapMinutes } from '../../contract/flows.ts';
import type { Histories } from '../../histories/histories.ts';
import type { HistoryRows } from '../../histories/question.ts';
import type { InsightsDoors } from '../../part.ts';
import { AnswerCache } from '../../question/answer-cache.ts';
import { namesBetween } from '../answer.ts';
import { checkPeriod } from '../asked.ts';
import type { FlowFigures, FlowShape, FlowWanted } from './tally-flow.ts';

type FlowReply = EndpointReply<typeof readFlow>;

/** Kinds of facts by their code: 0 for what has none of its own, events by their frequency, then orders and refunds. */
const kindsOf = (names: readonly string[], orders: boolean): FlowKind[] => [
  { fact: 'other', name: '' },
  ...names.map((name) => ({ fact: 'event' as const, name })),
  ...(orders ? [{ fact: 'sale' as const, name: '' }, { fact: 'refund' as const, name: '' }] : []),
];

/** Everything that happened in a period, in the order of customers and time. */
function printFacts(names: readonly string[], orders: boolean, fromMs: number, untilMs: number): HistoryRows {
  const bind = new Bindings();
  const range = `customer_no > 0 and occurred_at >= ${bind.moment(fromMs)} and occurred_at < ${bind.moment(untilMs)}`;
  const events = `select customer_no, occurred_at, toUInt64(0) as key, toUInt8(indexOf(${bind.texts(names)}, toString(name))) as what from event where ${range} and name != ''`;
  const lines = `select customer_no, occurred_at, if(kind = 'refund', 0, order_key) as key, toUInt8(if(kind = 'refund', ${names.length + 2}, ${names.length + 1})) as what from order_line where ${range}`;
  return {
    sql: `select customer_no, toUnixTimestamp64Milli(occurred_at) as at, toUInt32(0) as marks, key, what from (${orders ? `${events} union all ${lines}` : events}) order by customer_no, occurred_at`,
    params: bind.params, limits: { timeoutMs: 60_000 },
  };
}

export interface FlowAnswers {
  answer(asked: FlowAsked, fresh: boolean): Promise<FlowReply>;
  people(of: FlowStepPeople): Promise<number[]>;
}

/** The usual paths between events. */
export function createFlowAnswers(doors: InsightsDoors, histories: Histories): FlowAnswers {
  const { platform, dataVersion } = doors;
  const cache = new AnswerCache<FlowReply>({ answers: 100, rows: 200_000 }, ({ nodes, links }) => nodes.length + links.length);
  const prepare = async ({ from, to, orders, start, path, depth }: FlowAsked, timeZone: string) => {
    checkPeriod(from, to, flowLimits.periodDays);
    const moments = momentsOf({ from, to }, timeZone);
    const [fromMs, untilMs] = [moments.from.getTime(), moments.until.getTime()];
    const frequent = await namesBetween(doors, fromMs, untilMs, flowLimits.kinds);
    // What paths are to begin with has a code, however rare it is.
    const names = start === null || frequent.includes(start) ? frequent : [...frequent.slice(0, flowLimits.kinds - 1), start];
    const kinds = kindsOf(names, orders);
    const shape: FlowShape = {
      gapMs: path.of === 'visit' ? visitGapMinutes * 60_000 : null, spanMs: path.of === 'days' ? path.days * 86_400_000 : null,
      depth, kinds: kinds.length, start: start === null ? null : names.indexOf(start) + 1,
    };
    return { rows: printFacts(names, orders, fromMs, untilMs), shape, kinds };
  };
  return {
    async answer(asked, fresh) {
      const [{ timeZone }, version] = await Promise.all([readBrand(platform.pg), dataVersion()]);
      return cache.get(JSON.stringify([asked, timeZone]), version, fresh, async () => {
        const computedAt = platform.clock.now().toISOString();
        const { rows, shape, kinds } = await prepare(asked, timeZone);
        return { ...shownFlow(await histories.flow({ rows, shape, wanted: null }), shape, kinds), dataVersion: version, computedAt };
      });
    },
    async people(of) {
      const { timeZone } = await readBrand(platform.pg);
      const { rows, shape, kinds } = await prepare(of, timeZone);
      const wanted = wantedOf(of, kinds);
      return wanted ? (await histories.flow({ rows, shape, wanted })).wanted : [];
    },
  };
}

function wantedOf({ at, step, then }: FlowStepPeople, kinds: FlowKind[]): FlowWanted | null {
  const codeOf = (of: FlowKind): number => kinds.findIndex(({ fact, name }) => fact === of.fact && name === of.name);
  const kind = codeOf(step);
  const next = then === 'end' ? ('end' as const) : then === 'any' ? null : codeOf(then);
  return kind < 0 || next === -1 ? null : { depth: at, kind, then: next };
}

function shownFlow({ paths, nodes, ends, links }: FlowFigures, { depth, kinds: count }: FlowShape, kinds: FlowKind[]): Omit<FlowReply, 'dataVersion' | 'computedAt'> {
  const places = Array.from({ length: (depth + 1) * count }, (_, place) => ({ place, depth: Math.floor(place / count), kind: place % count }));
  return {
    paths,
    kinds,
    nodes: places.filter(({ place }) => nodes[place] > 0).map(({ place, ...node }) => ({ ...node, paths: nodes[place], ends: ends[place] })),
    links: places.flatMap(({ place, depth: at, kind: from }) => kinds.map((_, to) => ({ depth: at, from, to, paths: links[place * count + to] }))).filter((link) => link.paths > 0),
  };
}
