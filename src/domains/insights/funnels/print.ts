import { canonicalNo } from '../../../platform/clickhouse/merge-dictionary.ts';
import { momentText } from '../../commerce/public.ts';
import { Bindings, factsSql, resolveFacts } from '../../audiences/public.ts';
import type { FunnelStep } from '../contract/funnels.ts';
import type { HistoryRows } from '../histories/question.ts';
import { firstOrders } from '../question/first-orders.ts';
import { codeShift } from './person-facts.ts';

const limits = { timeoutMs: 60_000 };

/** Which facts are read: those that are a step, and all others too where it is asked what came next. */
export interface FunnelRowsAsked {
  steps: readonly FunnelStep[];
  fromMs: number;
  untilMs: number;
  /** Channels whose code stands in the marks of the first step; null where nobody is divided by them. */
  channels: readonly string[] | null;
  /** Names of events by their code from 1 on; null where only steps are wanted. */
  kinds: readonly string[] | null;
}

/** Codes of kinds that are no event. */
export const kindCodes = { sale: 254, refund: 255 } as const;

const isFirst = `(${canonicalNo()}, occurred_at) in (select buyer, first_at from (${firstOrders}))`;

/** Facts in the order of customers and time: customer, moment, marks, order and, where wanted, kind. */
export function printFunnelRows({ steps, fromMs, untilMs, channels, kinds }: FunnelRowsAsked): HistoryRows {
  const bind = new Bindings();
  const [from, until] = [bind.moment(fromMs), bind.moment(untilMs)];
  bind.params.from = momentText(new Date(fromMs));
  bind.params.until = momentText(new Date(untilMs));
  const channelCodes = channels && bind.texts(channels);
  const part = (table: 'event' | 'order_line', key: string, kind: string): string[] => {
    const own = steps.map((step, place) => ({ step, place })).filter(({ step }) => (step.facts.fact === 'event') === (table === 'event'));
    if (own.length === 0 && !kinds) return [];
    const tests = own.map(({ step, place }) => ({ place, sql: `(${factsSql(resolveFacts(step.facts), bind)}${step.which === 'first' ? ` and ${isFirst}` : ''})` }));
    const bits = tests.map(({ sql, place }) => `${sql} * ${2 ** place}`).join(' + ') || '0';
    const code = channelCodes && tests.some(({ place }) => place === 0) ? ` + indexOf(${channelCodes}, toString(channel)) * ${2 ** codeShift}` : '';
    // Who somebody is, told by a tracker without a name of an event, is nothing that was done.
    const isStep = kinds ? (table === 'event' ? "and name != ''" : '') : `and (${tests.map(({ sql }) => sql).join(' or ')})`;
    return [`select customer_no, occurred_at, toUInt32(${bits}${code}) as marks, ${key} as key${kinds ? `, toUInt8(${kind}) as what` : ''}
      from ${table} where customer_no > 0 and occurred_at >= ${from} and occurred_at < ${until} ${isStep}`];
  };
  const eventKind = kinds ? `indexOf(${bind.texts(kinds)}, toString(name))` : '';
  const parts = [
    ...part('event', 'toUInt64(0)', eventKind),
    ...part('order_line', "if(kind = 'refund', 0, order_key)", `if(order_line.kind = 'refund', ${kindCodes.refund}, ${kindCodes.sale})`),
  ];
  const sql = `select customer_no, toUnixTimestamp64Milli(occurred_at) as at, marks, key${kinds ? ', what' : ''} from (${parts.join(' union all ')}) order by customer_no, occurred_at`;
  return { sql, params: bind.params, limits };
}

/** When everybody first ordered, as far as that was before a moment. */
export const printFirstOrders = (untilMs: number): HistoryRows => ({
  sql: `select toUInt32(buyer) as no, toUnixTimestamp64Milli(first_at) as at from (${firstOrders})`,
  params: { from: momentText(new Date('1900-01-01T00:00:00Z')), until: momentText(new Date(untilMs)) },
  limits,
});
