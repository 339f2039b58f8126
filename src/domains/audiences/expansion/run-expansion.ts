import { setImmediate as nextTurn } from 'node:timers/promises';
import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import { conflict, Problem } from '../../../kernel/problem.ts';
import { seededRandom } from '../../../kernel/seeded-random.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { readBrand } from '../../../platform/settings.ts';
import { expansionStages, leastToLearnFrom } from '../contract/expansion.ts';
import { customerFields } from '../fields/customer-fields.ts';
import type { FieldRegistry } from '../fields/registry.ts';
import { totalsFields } from '../fields/totals-fields.ts';
import type { DataVersions } from '../set/data-versions.ts';
import type { SetEvaluator, StoredSets } from '../set/evaluator.ts';
import { chooseValues } from './features/choose-values.ts';
import type { FeaturePlan } from './features/feature.ts';
import { type FeatureRows, readFeatures, scoreEverybody, type Tell } from './features/read-features.ts';
import { learn, type Learnt, type Population } from './model/learn.ts';
import { type Ranked, rankPeople } from './model/rank.ts';
import { endExpansion, type ExpansionResult, type ExpansionRow, keepResult, noteProgress, readOne } from './store.ts';

export interface ExpansionDoors {
  platform: Platform;
  fields: FieldRegistry;
  evaluator: Pick<SetEvaluator, 'everybody'>;
  versions: DataVersions;
  members: StoredSets['members'];
}

/** So many of each kind are learnt from and tried on; more make a model no better that is felt. */
const mostOfKind = 50_000;
const heldOutShare = 0.3;
/** So many people are kept in their order: an expansion beyond is everybody. */
const mostRanked = 2 ** 22;
/** So many of each are looked through for values that are worth a feature. */
const mostExamples = 5_000;
const seed = 1;
/** At which share of all work each stage begins: reading reads every fact once, scoring once more. */
const begins = { reading: 0, learning: 0.35, scoring: 0.5, keeping: 0.95 } as const;

class Cancelled extends Error {}

/**
 * Finds who is like the members of an audience, to the end. It may be begun again at any time: the same data give the
 * same model, and the result is kept once. Throws what may pass, and the signal's reason; the job is then given out again.
 */
export async function runExpansion(doors: ExpansionDoors, expansionId: number, signal: AbortSignal): Promise<void> {
  const { platform: { pg: pool, log, clock } } = doors;
  // Deleted meanwhile with its audience: nobody waits for it.
  const row = await readOne(pool, expansionId).catch(() => null);
  if (!row || (row.state !== 'waiting' && row.state !== 'running')) return;
  try {
    const { result, ranked } = await find(doors, row, signal);
    await inTransaction(pool, (client) => keepResult(client, row, result, ranked, clock.now()));
    // Somebody who wanted it to end in the last moment is not let down.
    await endExpansion(pool, expansionId, 'cancelled', clock.now());
  } catch (error) {
    if (error instanceof Cancelled) return endExpansion(pool, expansionId, 'cancelled', clock.now());
    if (signal.aborted || (error as { status?: number }).status === 503) throw error;
    log.error({ err: error, expansion: expansionId }, 'people like those of an audience could not be found');
    await endExpansion(pool, expansionId, 'failed', clock.now(), error instanceof Problem ? { code: error.code, params: error.params } : { code: 'audiences.expansion_failed', params: {} });
  }
}

async function find(doors: ExpansionDoors, row: ExpansionRow, signal: AbortSignal): Promise<{ result: ExpansionResult; ranked: Ranked }> {
  const { platform: { pg: pool, reader }, fields } = doors;
  const tellOf = (stage: (typeof expansionStages)[number]): Tell => async (share) => {
    signal.throwIfAborted();
    const until = { ...begins, end: 1 }[expansionStages[expansionStages.indexOf(stage) + 1] ?? 'end'];
    const goesOn = await noteProgress(pool, row.expansionId, { stage, done: begins[stage] + share * (until - begins[stage]) });
    if (!goesOn) throw new Cancelled();
  };
  const pause = async (): Promise<void> => {
    await nextTurn();
    signal.throwIfAborted();
  };
  await tellOf('reading')(0);
  const { members, others } = await kindsOf(doors, row.audienceId);
  const random = seededRandom(seed);
  const [ours, theirs] = [members.sample(mostOfKind, random), others.sample(mostOfKind, random)];
  const plan: FeaturePlan = {
    asOf: row.asOf, timeZone: (await readBrand(pool)).timeZone, leftOut: row.leftOut, dialect: await doors.versions(),
    values: await chooseValues(reader, fields, registeredFields(fields), { members: thinned(ours), others: thinned(theirs) }),
  };
  const people = Uint32Array.from([...ours, ...theirs]).sort();
  const rows = await readFeatures(reader, plan, registeredFields(fields), people, tellOf('reading'));
  await tellOf('learning')(0);
  const sample = {
    width: rows.features.length, values: rows.values,
    isMember: Uint8Array.from(people, (no) => (members.has(no) ? 1 : 0)), isHeldOut: Uint8Array.from(people, () => (random() < heldOutShare ? 1 : 0)),
  };
  const population = { members: members.size, others: others.size };
  const learnt = await learn(sample, population, pause);
  await tellOf('scoring')(0);
  const weighings = new Map([...learnt.weighings].map(([index, weighing]) => [rows.features[index].key, weighing]));
  const highest = others.at(others.size - 1) ?? 0;
  const scores = await scoreEverybody(reader, plan, registeredFields(fields), learnt.start, weighings, highest, tellOf('scoring'));
  await tellOf('keeping')(0);
  const ranked = await rankPeople(others.toArray(), scores, mostRanked, pause);
  await tellOf('keeping')(0.8);
  return { result: resultOf(learnt, rows, population, ranked), ranked };
}

/** Members and others of today; refuses where there are too few of either to learn from. */
export async function kindsOf({ evaluator, members: membersOf }: Pick<ExpansionDoors, 'evaluator' | 'members'>, audienceId: number): Promise<{ members: Bitmap; others: Bitmap }> {
  const everybody = await evaluator.everybody();
  const members = everybody.and(await membersOf(audienceId, null));
  const others = everybody.andNot(members);
  if (members.size < leastToLearnFrom) throw conflict('audiences.expansion_too_small', { size: members.size, least: leastToLearnFrom });
  if (others.size < leastToLearnFrom) throw conflict('audiences.expansion_to_nobody', { others: others.size, least: leastToLearnFrom });
  return { members, others };
}

const ownFields = new Set([...customerFields, ...totalsFields].map(({ name }) => name));

/** What other domains brought; this domain's own facts and fields are features already. */
export const registeredFields = (fields: FieldRegistry) => fields.all().filter(({ name }) => !ownFields.has(name));

/** Some of these, from all along their order. */
const thinned = (numbers: readonly number[], most = mostExamples): number[] => {
  const step = Math.max(1, numbers.length / most);
  return Array.from({ length: Math.min(most, numbers.length) }, (_, i) => numbers[Math.floor(i * step)]);
};

const numberOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

function resultOf({ features, weighings, auc, error, lift, heldOut }: Learnt, rows: FeatureRows, population: Population, { best, levels }: Ranked): ExpansionResult {
  return {
    ...population, auc, error, lift, heldOut, lowest: levels.lowest, highest: levels.highest, ranked: best.length,
    features: [...features].map(([index, { members, others, ...rest }]) => ({
      ...rows.features[index], ...rest, perUnit: weighings.get(index)?.weight ?? 0, members: numberOrNull(members), others: numberOrNull(others),
    })),
  };
}
