import { readFile } from 'node:fs/promises';
import type { EndpointReply } from '../../kernel/endpoint.ts';
import { inspectImport, mappingSchema, type ImportKind, type Mapping } from '../../domains/collect/imports/contract.ts';
import { call, type Server } from '../server/call.ts';
import { ToldFailure } from '../terminal/failure.ts';
import type { Speech } from '../terminal/speech.ts';

/** A mapping and where it is from: a file, one saved for the same columns, or a guess. */
export interface Chosen {
  mapping: Mapping;
  from: 'file' | 'saved' | 'guessed';
}

/** The mapping of a file given on the command line. Throws a sentence that names what is wrong in it. */
export async function readMappingFile(path: string, speech: Speech): Promise<Mapping> {
  let given: unknown;
  try {
    given = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new ToldFailure(speech.say('map_unreadable', { file: path, reason: (error as Error).message }));
  }
  const parsed = mappingSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path: at, message }) => `  ${at.join('.')}: ${faultSentence(message, speech)}`);
  throw new ToldFailure([speech.say('map_invalid', { file: path }), ...faults].join('\n'));
}

/** The mapping used last for these columns, else the guess. Throws where the guess lacks something, saying what. */
export async function chooseMapping(server: Server, speech: Speech, importId: number, kind: ImportKind | undefined): Promise<Chosen> {
  const inspected = await call(server, inspectImport, { params: { importId }, query: { kind } });
  const saved = inspected.saved.find((one) => kind === undefined || one.kind === kind);
  if (saved) return { mapping: saved.mapping, from: 'saved' };
  const parsed = mappingSchema.safeParse(inspected.guess.draft);
  if (parsed.success) return { mapping: parsed.data, from: 'guessed' };
  throw new ToldFailure([
    speech.say('map_not_guessed'),
    ...parsed.error.issues.map(({ message }) => `  ${faultSentence(message, speech)}`),
    ...guessLines(inspected.guess.columns),
  ].join('\n'));
}

/** One line a column: what it was taken for. */
export const mappingLines = ({ columns }: Mapping): string[] =>
  columns.map(({ column, field, attribute }) => `  ${column} → ${attribute ? `${field} ${attribute.name}` : field}`);

const guessLines = (columns: EndpointReply<typeof inspectImport>['guess']['columns']): string[] =>
  columns.map(({ column, field }) => `  ${column} → ${field ?? '?'}`);

/** A fault of a mapping is a key of the messages; what the schema itself says stays as it is. */
const faultSentence = (message: string, speech: Speech): string =>
  /^[a-z_.]+$/.test(message) ? speech.sayOf('collect', `mapping_fault.${message}`) : message;
