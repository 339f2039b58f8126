import type { Say } from '../../../platform/i18n.ts';
import type { Dimension, Insights } from '../../insights/public.ts';
import { channelKinds } from '../contract.ts';
import type { Gate, GatedRun } from '../part.ts';
import { messageMetrics, messageTable } from './metrics.ts';

type RegisterDoors = { say: Say; insights: Pick<Insights, 'registerTable' | 'registerMetric' | 'registerDimension'>; gate: Pick<Gate, 'programNames'> };

const programKinds: readonly GatedRun['programKind'][] = ['campaign', 'journey', 'service'];

/** Messages and what became of them, by channel and by program: for reports, dashboards and targets. Their facts are events, so nothing is copied. */
export function registerMessages({ say, insights, gate }: RegisterDoors): void {
  const dimension = (name: string, column: string, more: Pick<Dimension, 'named' | 'values'>): Dimension =>
    ({ name: `messaging.${name}`, words: `messaging:dimension.${name}`, group: 'campaigns', of: { [messageTable.name]: column }, ...more });
  insights.registerTable(messageTable);
  messageMetrics.forEach(insights.registerMetric);
  insights.registerDimension(dimension('program', 'program', {
    async named(values, locale) {
      const programs = values.flatMap((value) => programOf(value) ?? []);
      const of = await gate.programNames(programs);
      return new Map(programs.map((program) => [`${program.kind} ${program.no}`, of(program).name ?? say(locale, 'messaging', `ledger.program.${program.kind}`, { no: program.no })]));
    },
  }));
  insights.registerDimension(dimension('channel', 'way', {
    values: channelKinds,
    named: async (values, locale) => new Map(channelKinds.filter((kind) => values.includes(kind)).map((kind) => [kind, say(locale, 'messaging', `channel.${kind}`)])),
  }));
}

/** A program as facts name it: `campaign 12`. */
function programOf(value: string): { kind: GatedRun['programKind']; no: number } | null {
  const [word, no] = value.split(' ');
  const kind = programKinds.find((each) => each === word);
  return kind && /^[1-9]\d{0,8}$/.test(no) ? { kind, no: Number(no) } : null;
}
