import { createWriteStream } from 'node:fs';
import { basename, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../platform/config.ts';
import {
  cancelImport, checkImport, downloadRejects, importKinds, readImport, startImport, type ImportKind, type ImportView,
} from '../domains/collect/imports/contract.ts';
import { chooseMapping, mappingLines, readMappingFile, type Chosen } from './import/choose-mapping.ts';
import { dryRunLines, summaryLines } from './import/report.ts';
import { uploadFile } from './import/upload.ts';
import { call, openFile, type Server } from './server/call.ts';
import { withServer } from './server/with-server.ts';
import { ToldFailure } from './terminal/failure.ts';
import { createProgressLine, type ProgressLine } from './terminal/progress-line.ts';
import type { Speech } from './terminal/speech.ts';

export interface ImportOptions {
  map?: string;
  kind?: string;
  dryRun?: boolean;
}

const lookMs = 250;
const ended: readonly ImportView['state'][] = ['done', 'failed', 'cancelled', 'undone'];

/**
 * Imports a file: sends it to the server, takes the mapping given or guesses one, checks the file, runs the
 * import and prints what it brought. Ctrl-C cancels it without a trace. Fails where nothing was imported.
 */
export async function importCommand(config: Config, file: string, options: ImportOptions): Promise<void> {
  await withServer(config, async (server, speech) => {
    const kind = kindOf(options.kind, speech);
    const given = options.map === undefined ? null : await readMappingFile(options.map, speech);
    const progress = createProgressLine();
    const { importId, sameAs } = await uploadFile(server, speech, file, (sent, total) => progress.show(sent / total, speech.say('sending')));
    progress.end();
    for (const earlier of sameAs.filter((one) => one.state === 'done')) console.error(speech.say('same_file', { importId: earlier.importId, at: earlier.createdAt.slice(0, 10) }));

    const chosen: Chosen = given ? { mapping: given, from: 'file' } : await chooseMapping(server, speech, importId, kind);
    if (chosen.from !== 'file') console.error([speech.say(`map.${chosen.from}`), ...mappingLines(chosen.mapping)].join('\n'));
    progress.show(null, speech.say('checking'));
    const found = await call(server, checkImport, { params: { importId }, body: { mapping: chosen.mapping } });
    progress.end();
    console.error(dryRunLines(found, speech).join('\n'));
    if (options.dryRun) {
      await call(server, cancelImport, { params: { importId } });
      return;
    }
    await call(server, startImport, { params: { importId }, body: { mapping: chosen.mapping } });
    report(await follow(server, speech, importId, progress), speech);
    await saveRejects(server, speech, file, importId);
  });
}

function kindOf(given: string | undefined, speech: Speech): ImportKind | undefined {
  const kind = importKinds.find((one) => one === given);
  if (given !== undefined && !kind) throw new ToldFailure(speech.say('no_such_kind', { kind: given, kinds: importKinds.join(', ') }));
  return kind;
}

/** Shows the import's progress until it has ended. */
async function follow(server: Server, speech: Speech, importId: number, progress: ProgressLine): Promise<ImportView> {
  const cancel = (): void => {
    progress.end();
    console.error(speech.say('cancelling'));
    void call(server, cancelImport, { params: { importId } }).catch(() => {});
  };
  process.on('SIGINT', cancel);
  try {
    for (;;) {
      const view = await call(server, readImport, { params: { importId } });
      if (ended.includes(view.state)) return view;
      showProgress(view, speech, progress);
      await sleep(lookMs);
    }
  } finally {
    progress.end();
    process.off('SIGINT', cancel);
  }
}

function showProgress({ progress: at, state }: ImportView, speech: Speech, line: ProgressLine): void {
  if (!at || state === 'queued') return line.show(null, speech.say('queued'));
  const share = at.bytesTotal === 0 ? null : at.bytesRead / at.bytesTotal;
  const rows = speech.number(at.counts.rows);
  if (at.phase !== 'reading') return line.show(null, speech.say(`phase.${at.phase}`, { rows }));
  const rate = speech.number(at.rowsPerSecond);
  line.show(share, at.secondsLeft === null ? speech.say('reading', { rows, rate }) : speech.say('reading_left', { rows, rate, seconds: speech.number(at.secondsLeft) }));
}

/** Prints what came of it on standard output; throws where it brought nothing. */
function report(view: ImportView, speech: Speech): void {
  if (view.state !== 'done' || !view.summary) throw new ToldFailure(view.failure?.sentence ?? speech.say('cancelled'));
  console.log(summaryLines(view.summary, speech).join('\n'));
}

/** The rejected rows with their reasons, beside where the command was called. */
async function saveRejects(server: Server, speech: Speech, file: string, importId: number): Promise<void> {
  const view = await call(server, readImport, { params: { importId } });
  if (view.rejectsWritten === 0) return;
  const path = resolve(`${basename(file)}.rejected-${importId}.csv`);
  await pipeline(Readable.fromWeb(await openFile(server, downloadRejects, { params: { importId } }) as never), createWriteStream(path, { mode: 0o600 }));
  console.error(speech.say('rejects', { n: speech.number(view.rejectsWritten), path }));
}
