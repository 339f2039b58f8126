import { readBrand } from '../../../../platform/settings.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { sampleFile } from '../../files/sample.ts';
import type { ImportKind } from '../../mapping/fields.ts';
import { guessMapping, type MappingGuess } from '../../mapping/guess/guess.ts';
import type { Inspection } from './inspection.ts';

/** Rows a mapping is guessed from. */
const sampledRows = 1_000;

/** Looks at the beginning of a file: what it is, its columns, some rows, and what they seem to mean. Throws `collect.file_*`. */
export async function inspectFile(platform: Platform, path: string, fileName: string, kind?: ImportKind):
Promise<{ inspection: Inspection; rows: string[][]; guess: MappingGuess }> {
  const sample = await sampleFile(path, sampledRows);
  const { timeZone, currency } = await readBrand(platform.pg);
  const guess = guessMapping(sample.columns, sample.rows, { fileName, now: platform.clock.now().getTime(), timeZone, currency, kind });
  const { format, gzipped, encoding, delimiter, columns, renamings } = sample;
  return { inspection: { format, gzipped, encoding, delimiter, columns, renamings }, rows: sample.rows, guess };
}
