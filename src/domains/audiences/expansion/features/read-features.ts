import type { ClickHouse, QueryLimits } from '../../../../platform/clickhouse/client.ts';
import { readNativeBlocks } from '../../../../platform/clickhouse/native-blocks.ts';
import type { AudienceField } from '../../fields/field.ts';
import { Bindings } from '../../set/bindings.ts';
import type { FeaturePlan, Source, Tells } from './feature.ts';
import { printFeatures, printScores, scopesOf, type Weighing } from './print.ts';
import { type SourceOf, sourcesOf } from './sources.ts';

/** So many numbers are bound in one statement. */
const numbersAtOnce = 10_000;
/** What the engine holds of so many people, with every feature, stays below 200 megabytes. */
const rangeSize = 2 ** 19;
const limits: QueryLimits = { timeoutMs: 120_000 };

/** What is known of some people: a row each, in the order asked for; NaN where there is no number. */
export interface FeatureRows {
  features: { key: string; tells: Tells }[];
  values: Float32Array;
}

/** How much of the work is done, from 0 to 1; throws to end it. */
export type Tell = (share: number) => Promise<void>;

/** Reads what is learnt of people, whose numbers ascend. */
export async function readFeatures(reader: ClickHouse, plan: FeaturePlan, fields: readonly AudienceField[], people: Uint32Array, tell: Tell): Promise<FeatureRows> {
  const sources = sourcesOf(plan, fields);
  const outline = sources.map((of) => of(new Bindings()));
  const features = outline.flatMap((source) => source.features);
  const width = features.length;
  const values = new Float32Array(people.length * width);
  const withoutRows = Float32Array.from(features, ({ zeroWithoutRows }) => (zeroWithoutRows ? 0 : Number.NaN));
  for (let row = 0; row < people.length; row++) values.set(withoutRows, row * width);
  for (let first = 0; first < people.length; first += numbersAtOnce) {
    await tell(first / people.length);
    const slice = people.subarray(first, first + numbersAtOnce);
    const rowOf = new Map(Array.from(slice, (no, i) => [no, first + i]));
    let offset = 0;
    for (let s = 0; s < outline.length; s++) {
      for (const scope of scopesOf([[slice[0], slice[slice.length - 1] + 1]], plan.dialect, outline[s], [...slice])) {
        await eachBlock(reader, sources[s], (source, bind) => printFeatures(source, scope, plan.dialect, bind), (numbers, columns) => {
          for (let i = 0; i < numbers.length; i++) {
            const at = (rowOf.get(numbers[i]) ?? 0) * width + offset;
            for (let c = 0; c < columns.length; c++) values[at + c] = Number.isFinite(columns[c][i]) ? columns[c][i] : Number.NaN;
          }
        });
      }
      offset += outline[s].features.length;
    }
  }
  return { features: features.map(({ key, tells }) => ({ key, tells })), values };
}

/** The score of everybody up to a number, by that number: what each feature adds to `start`. */
export async function scoreEverybody(reader: ClickHouse, plan: FeaturePlan, fields: readonly AudienceField[], start: number, weighings: ReadonlyMap<string, Weighing>, highest: number, tell: Tell): Promise<Float32Array> {
  const ranges = Array.from({ length: Math.ceil((highest + 1) / rangeSize) }, (_, i): [number, number] => [Math.max(1, i * rangeSize), (i + 1) * rangeSize]);
  const scores = new Float32Array(highest + 1);
  let before = start;
  const sources = sourcesOf(plan, fields);
  const outline = sources.map((of) => of(new Bindings()));
  for (let s = 0; s < outline.length; s++) {
    const weighed = outline[s].features.filter(({ key }) => weighings.has(key));
    if (weighed.length === 0) continue;
    // Whoever has no rows is weighed without asking; whoever has some gets the difference.
    const withoutRows = weighed.reduce((sum, { key, zeroWithoutRows }) => sum + (zeroWithoutRows ? 0 : productOf(weighings.get(key))), 0);
    before += withoutRows;
    const scopes = scopesOf(ranges, plan.dialect, outline[s]);
    for (let i = 0; i < scopes.length; i++) {
      await tell((s + i / scopes.length) / outline.length);
      await eachBlock(reader, sources[s], (source, bind) => printScores(source, weighings, scopes[i], plan.dialect, bind), (numbers, [added]) => {
        for (let row = 0; row < numbers.length; row++) if (numbers[row] <= highest) scores[numbers[row]] += added[row] - withoutRows;
      });
    }
  }
  for (let no = 0; no <= highest; no++) scores[no] += before;
  return scores;
}

const productOf = (weighing: Weighing | undefined): number => (weighing ? weighing.weight * weighing.mean : 0);

async function eachBlock(reader: ClickHouse, of: SourceOf, print: (source: Source, bind: Bindings) => string, take: (numbers: Uint32Array, columns: Float32Array[]) => void): Promise<void> {
  const bind = new Bindings();
  const sql = print(of(bind), bind);
  for await (const { columns: [numbers, ...columns] } of readNativeBlocks(reader.bytes(sql, 'Native', bind.params, limits))) {
    take(new Uint32Array(numbers.buffer), columns.map((column) => new Float32Array(column.buffer)));
  }
}
