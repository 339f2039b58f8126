import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import { notFound, Problem } from '../../../kernel/problem.ts';
import { route } from '../../../platform/http/route.ts';
import { type AudienceField, changeLimits, limitsHistory } from '../../audiences/public.ts';
import {
  changeLifecycleLimits, lifecycleLimits, type LifecyclePeriod, type LifecyclePlace, lifecyclePlaces, lifecycleStates, readLifecycle, readLifecycleLimits, readLifecycleMoves,
} from '../contract/lifecycle.ts';
import { heldRows } from '../models/kept-rows.ts';
import { readPeopleOfRun } from '../models/people-of-run.ts';
import { retrain } from '../models/retrain.ts';
import type { InsightsDoors, InsightsPart } from '../part.ts';
import type { PeopleSource } from '../people/people.ts';
import { createRepurchase } from './repurchase/repurchase.ts';
import { currentLimits } from './rhythm/limits.ts';
import { lifecycleKind } from './rhythm/model.ts';
import { numberOf } from './rhythm/states.ts';

const listOf = { month: 'months', week: 'weeks' } as const satisfies Record<LifecyclePeriod, string>;
/** 0 is who had not bought yet. */
const placeNumber = (place: LifecyclePlace): number => (place === 'not_yet' ? 0 : numberOf(place));

/** States of a buyer's life by their own rhythm, moves between them, and when a second purchase comes. */
export function createLifecycle(doors: InsightsDoors): InsightsPart {
  const { platform, say, models } = doors;
  const { clickhouse, reader, pg: pool } = platform;
  const kind = lifecycleKind(platform);
  const repurchase = createRepurchase(doors);
  /** The run, and where two of its points stand. */
  const placesOf = async (by: LifecyclePeriod, days: readonly string[]) => {
    const current = await models.current(kind);
    const places = days.map((day) => 1 + (current?.result[listOf[by]].findIndex((point) => point.day === day) ?? -1));
    if (!current || places.includes(0)) throw notFound('insights.no_month', { day: days[places.indexOf(0)] ?? days[0] });
    return { model: current.modelId, asOf: current.asOf.toISOString(), a: places[0], b: places[1] };
  };
  const named = (place: LifecyclePlace, locale: Parameters<typeof say>[0]): string => say(locale, 'insights', `lifecycle.state.${place}`);
  const inState: PeopleSource<'lifecycle'> = {
    kind: 'lifecycle',
    async find({ state }) {
      const current = await models.current(kind);
      return current ? readPeopleOfRun(reader, 'lifecycle_state', 'months[1] = {state:UInt8}', { model: current.modelId, state: numberOf(state) }) : Bitmap.empty;
    },
    sentence: async ({ state }, locale) => say(locale, 'insights', 'lifecycle.said.state', { state: named(state, locale) }),
    ruleOf: ({ state }) => ({ kind: 'field', field: 'lifecycle_state', test: { test: 'any_of', values: [state] } }),
  };
  const moved: PeopleSource<'lifecycle_move'> = {
    kind: 'lifecycle_move',
    async find({ by, from, to, was, is }) {
      const { model, a, b } = await placesOf(by, [from, to]);
      return readPeopleOfRun(reader, 'lifecycle_state', `${listOf[by]}[{a:UInt8}] = {was:UInt8} and ${listOf[by]}[{b:UInt8}] = {is:UInt8}`, { model, a, b, was: placeNumber(was), is: placeNumber(is) });
    },
    sentence: async ({ from, to, was, is }, locale) => say(locale, 'insights', 'rfm.said.moved', { from, to, was: named(was, locale), is: named(is, locale) }),
  };
  return {
    routes: [
      route(readLifecycle, async () => {
        const [current, limits] = await Promise.all([models.current(kind), currentLimits(pool)]);
        return { lifecycle: current && { asOf: current.asOf.toISOString(), ...current.result, months: shown(current.result.months), weeks: shown(current.result.weeks) }, limits };
      }),
      route(readLifecycleMoves, async ({ query: { by, from, to } }) => {
        if (to <= from) throw new Problem('insights.months_backwards', { status: 400, fields: [{ path: 'query.to', code: 'months_backwards' }] });
        const { asOf, ...asked } = await placesOf(by, [from, to]);
        const rows = await reader.rows(`select ${listOf[by]}[{a:UInt8}] as was, ${listOf[by]}[{b:UInt8}] as is, toUInt32(count()) as people from lifecycle_state
          where model_id = {model:UInt32} group by was, is having was + is > 0 order by was, is`, asked) as { was: number; is: number; people: number }[];
        return { moves: rows.map(({ was, is, people }) => ({ was: placeOf(was), is: placeOf(is), people })), asOf };
      }),
      route(readLifecycleLimits, async () => {
        const [{ limits }, history] = await Promise.all([currentLimits(pool), limitsHistory(pool, 'lifecycle')]);
        return { limits, history: history.map((kept) => ({ ...kept, limits: lifecycleLimits.parse(kept.limits), setAt: kept.setAt.toISOString() })) };
      }),
      route(changeLifecycleLimits, async ({ body, actor }) => {
        await changeLimits(pool, actor, 'lifecycle', body);
        await retrain(models, ['lifecycle'], actor);
        return { version: (await currentLimits(pool)).version };
      }),
      ...repurchase.routes,
    ],
    models: [kind, ...(repurchase.models ?? [])],
    people: [inState, moved, ...(repurchase.people ?? [])] as PeopleSource[],
    fields: lifecycleFields.map((field) => () => field(models.currentId('lifecycle'))),
    heldData: ['purchase_days', 'lifecycle_state'].map((table) => heldRows(clickhouse, table)),
  };
}

const placeOf = (state: number): LifecyclePlace => (state === 0 ? 'not_yet' : lifecyclePlaces[state - 1]);

/** The oldest first, with every state. */
const shown = (points: readonly { day: string; states: readonly (readonly [number, number])[] }[]) => points.map(({ day, states }) => {
  const sizes = new Map(states);
  return { day, states: lifecycleStates.map((state) => ({ state, people: sizes.get(numberOf(state)) ?? 0 })) };
}).toReversed();

const namesSql = `[${lifecycleStates.map((state) => `'${state}'`).join(', ')}]`;

const lifecycleFields: ((modelId: number) => AudienceField)[] = [
  (modelId) => ({
    name: 'lifecycle_state', label: 'insights:lifecycle.field.state', type: 'text', source: 'facts', version: String(modelId), hasChoices: true, words: 'insights:lifecycle.state',
    relation: `select customer_no, toNullable(${namesSql}[months[1]]) as value from lifecycle_state where model_id = ${modelId}`,
  }),
  (modelId) => ({
    name: 'usual_gap', label: 'insights:lifecycle.field.usualGap', type: 'number', unit: 'days', source: 'facts', version: String(modelId),
    relation: `select customer_no, toNullable(toDecimal64(usual_gap, 4)) as value from lifecycle_state where model_id = ${modelId}`,
  }),
];
