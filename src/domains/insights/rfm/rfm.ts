import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import { notFound, Problem } from '../../../kernel/problem.ts';
import { route } from '../../../platform/http/route.ts';
import type { AudienceField } from '../../audiences/public.ts';
import { changeLimits, limitsHistory, readRfmLimits as currentLimits, segmentAt, worthOf } from '../../audiences/public.ts';
import { rfmLimits, type Rule } from '../../audiences/contract.ts';
import { changeRfmLimits, readRfmBoard, readRfmLimits, readRfmMonths, readRfmMoves, rfmPlaces } from '../contract/rfm.ts';
import { readPeopleOfRun } from '../models/people-of-run.ts';
import { heldRows } from '../models/kept-rows.ts';
import { retrain } from '../models/retrain.ts';
import type { InsightsDoors, InsightsPart } from '../part.ts';
import type { PeopleSource } from '../people/people.ts';
import { boardOf } from './board.ts';
import { cellsOf, segmentOfCell, segmentSizes } from './cells.ts';
import { rfmMonthsKind } from './months.ts';
import { rfmKind } from './scores.ts';

/** Recency, frequency and value of all buyers: now, at the ends of months, and who went from where to where. */
export function createRfm({ platform, say, audiences, models }: InsightsDoors): InsightsPart {
  const { clickhouse, reader, pg: pool } = platform;
  const [scores, months] = [rfmKind(platform), rfmMonthsKind(platform)];
  /** The run of the months, and where the ends of two months stand in its lists. */
  const placesOf = async (days: readonly string[]) => {
    const current = await models.current(months);
    const places = days.map((day) => 1 + (current?.result.months.findIndex((month) => month.day === day) ?? -1));
    if (!current || places.includes(0)) throw notFound('insights.no_month', { day: days[places.indexOf(0)] ?? days[0] });
    return { current, places };
  };
  const peopleByScores: PeopleSource<'rfm'> = {
    kind: 'rfm',
    async find(of) {
      const current = await models.current(scores);
      if (!current) return Bitmap.empty;
      const cells = current.result.cells.filter((cell) => isOf(cell, of)).map(({ recency, frequency, value }) => recency * 100 + frequency * 10 + value);
      return readPeopleOfRun(reader, 'rfm_score', 'toUInt16(recency) * 100 + frequency * 10 + value in {cells:Array(UInt16)}', { model: current.modelId, cells });
    },
    sentence: async (of, locale) => {
      const segment = of.segment && say(locale, 'audiences', `rfm.segment.${of.segment}`);
      const parts = (['recency', 'frequency', 'value', 'worth'] as const).flatMap((kind) => (of[kind] === undefined ? [] : [say(locale, 'insights', `rfm.said.${kind}`, { score: of[kind] })]));
      return say(locale, 'insights', 'rfm.said.buyers', { what: [...(segment ? [segment] : []), ...parts].join(say(locale, 'insights', 'rfm.said.and')) });
    },
    ruleOf: ruleOfScores,
  };
  const peopleWhoMoved: PeopleSource<'rfm_move'> = {
    kind: 'rfm_move',
    async find({ from, to, was, is }) {
      const { current, places: [a, b] } = await placesOf([from, to]);
      return readPeopleOfRun(reader, 'rfm_month', 'cells[{a:UInt8}] in {was:Array(UInt8)} and cells[{b:UInt8}] in {is:Array(UInt8)}', { model: current.modelId, a, b, was: cellsOf(was), is: cellsOf(is) });
    },
    sentence: async ({ from, to, was, is }, locale) => {
      const named = (place: string): string => (place === 'not_yet' ? say(locale, 'insights', 'rfm.notYet') : say(locale, 'audiences', `rfm.segment.${place}`));
      return say(locale, 'insights', 'rfm.said.moved', { from, to, was: named(was), is: named(is) });
    },
  };
  return {
    routes: [
      route(readRfmBoard, async () => {
        const [current, everybody, limits] = await Promise.all([models.current(scores), audiences.everybody(), currentLimits(pool)]);
        return { board: current && { asOf: current.asOf.toISOString(), customers: everybody.size, ...boardOf(current.result) }, limits };
      }),
      route(readRfmMonths, async () => {
        const current = await models.current(months);
        return { months: current && current.result.months.map(({ day, cells }) => ({ day, segments: segmentSizes(cells) })).toReversed(), asOf: current && current.asOf.toISOString() };
      }),
      route(readRfmMoves, async ({ query: { from, to } }) => {
        if (to <= from) throw new Problem('insights.months_backwards', { status: 400, fields: [{ path: 'query.to', code: 'months_backwards' }] });
        const { current, places: [a, b] } = await placesOf([from, to]);
        const rows = await reader.rows(`select cells[{a:UInt8}] as was, cells[{b:UInt8}] as is, toUInt32(count()) as people from rfm_month
          where model_id = {model:UInt32} group by was, is`, { model: current.modelId, a, b }) as { was: number; is: number; people: number }[];
        return { moves: movesOf(rows), asOf: current.asOf.toISOString() };
      }),
      route(readRfmLimits, async () => {
        const [{ limits }, history] = await Promise.all([currentLimits(pool), limitsHistory(pool, 'rfm')]);
        return { limits, history: history.map((kept) => ({ ...kept, limits: rfmLimits.parse(kept.limits), setAt: kept.setAt.toISOString() })) };
      }),
      route(changeRfmLimits, async ({ body, actor }) => {
        await changeLimits(pool, actor, 'rfm', body);
        await retrain(models, ['rfm', 'rfm_months'], actor);
        return { version: (await currentLimits(pool)).version };
      }),
    ],
    models: [scores, months],
    people: [peopleByScores, peopleWhoMoved] as PeopleSource[],
    fields: rfmFields.map((field) => () => field(models.currentId('rfm'))),
    heldData: ['rfm_score', 'rfm_measure', 'rfm_month'].map((table) => heldRows(clickhouse, table)),
  };
}

type Asked = Parameters<PeopleSource<'rfm'>['find']>[0];
type Scores = Record<'recency' | 'frequency' | 'value', 1 | 2 | 3 | 4 | 5>;

function isOf(cell: { recency: number; frequency: number; value: number }, { segment, recency, frequency, value, worth }: Asked): boolean {
  const { recency: r, frequency: f, value: m } = cell as Scores;
  const own = worthOf(f, m);
  return (segment === undefined || segmentAt(r, own) === segment) && (recency === undefined || r === recency) && (frequency === undefined || f === frequency)
    && (value === undefined || m === value) && (worth === undefined || own === worth);
}

/** The rule that goes on meaning them: by their segment, and by each score. */
function ruleOfScores({ segment, recency, frequency, value, worth }: Asked): Rule {
  const scored = Object.entries({ rfm_recency: recency, rfm_frequency: frequency, rfm_value: value, rfm_worth: worth })
    .flatMap(([field, score]): Rule[] => (score === undefined ? [] : [{ kind: 'field', field, test: { test: 'compare', compare: { is: 'equals', value: String(score) } } }]));
  const named: Rule[] = segment === undefined ? [] : [{ kind: 'field', field: 'rfm_segment', test: { test: 'any_of', values: [segment] } }];
  const parts = [...named, ...scored];
  return parts.length === 1 ? parts[0] : { kind: 'group', match: 'all', parts: parts.length > 0 ? parts : [{ kind: 'field', field: 'rfm_recency', test: { test: 'known' } }] };
}

/** Moves between cells as moves between segments; who had not bought at either end is in none. */
function movesOf(rows: readonly { was: number; is: number; people: number }[]) {
  const placeOf = (cell: number) => (cell === 0 ? 'not_yet' as const : segmentOfCell(cell));
  const sums = new Map<string, number>();
  for (const { was, is, people } of rows) {
    const key = `${placeOf(was)} ${placeOf(is)}`;
    sums.set(key, (sums.get(key) ?? 0) + people);
  }
  return rfmPlaces.flatMap((was) => rfmPlaces.flatMap((is) => {
    const people = sums.get(`${was} ${is}`) ?? 0;
    return people === 0 || (was === 'not_yet' && is === 'not_yet') ? [] : [{ was, is, people }];
  }));
}

const ofRun = (value: string, modelId: number): string => `select customer_no, ${value} as value from rfm_score where model_id = ${modelId}`;
const scoreField = (name: string, value: string) => (modelId: number): AudienceField => ({
  name: `rfm_${name}`, label: `insights:rfm.field.${name}`, type: 'number', unit: 'number', source: 'facts', version: String(modelId),
  relation: ofRun(`toNullable(toDecimal64(${value}, 4))`, modelId),
});

/** The segment by recency and worth, as the grid of segments says it. */
const segmentSql = `[${([1, 2, 3, 4, 5] as const).flatMap((r) => ([1, 2, 3, 4, 5] as const).map((worth) => `'${segmentAt(r, worth)}'`)).join(', ')}][(recency - 1) * 5 + intDiv(frequency + value + 1, 2)]`;

const rfmFields: ((modelId: number) => AudienceField)[] = [
  (modelId) => ({
    name: 'rfm_segment', label: 'insights:rfm.field.segment', type: 'text', source: 'facts', version: String(modelId), hasChoices: true, words: 'audiences:rfm.segment',
    relation: ofRun(`toNullable(${segmentSql})`, modelId),
  }),
  scoreField('recency', 'recency'),
  scoreField('frequency', 'frequency'),
  scoreField('value', 'value'),
  scoreField('worth', 'intDiv(frequency + value + 1, 2)'),
];
