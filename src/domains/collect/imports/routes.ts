import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { notFound, Problem } from '../../../kernel/problem.ts';
import { rawRoute, route, type Route } from '../../../platform/http/route.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { recordAudit } from '../../access/public.ts';
import * as contract from './contract.ts';
import { cancel, checkWith, start, undo } from './actions.ts';
import { inspectFile } from './inspect/inspect-file.ts';
import { cellsFor, maskedDryRun } from './inspect/masking.ts';
import { findMappings, forgetMapping, keepMapping } from './mappings/saved-mappings.ts';
import { rejectsCsv } from './rejects/write-csv.ts';
import type { ImportDeps } from './run/import-deps.ts';
import { rejectsPath } from './run/rejects.ts';
import { pageOfImports, readImport } from './store.ts';
import { acceptUpload, sameContentAs } from './upload/accept-upload.ts';
import { importView, listRow } from './view.ts';

/** Sample rows a person is shown. */
const shownRows = 20;

/** The endpoints of imports and saved mappings. */
export function importRoutes(deps: ImportDeps): Route[] {
  const { platform, say } = deps;
  const { pg, folders } = platform;
  return [
    route(contract.listImports, async ({ query }) => {
      const { rows, total } = await pageOfImports(pg, query);
      return { rows: rows.map(listRow), total, computedAt: new Date().toISOString() };
    }),
    route(contract.uploadImport, ({ actor, request }) => acceptUpload(deps, actor, request)),
    route(contract.readImport, async ({ params, actor }) => importView(await readImport(pg, params.importId), say, actor)),
    route(contract.inspectImport, async ({ params, query, actor }) => {
      const run = await readImport(pg, params.importId);
      if (!run.uploadName) throw new Problem('collect.import_file_gone', { status: 409, params: { importId: run.importId } });
      const { inspection, rows, guess } = await inspectFile(platform, join(folders.uploads, run.uploadName), run.fileName, query.kind);
      const show = cellsFor(actor, run.mapping ?? guess.draft);
      return {
        inspection,
        rows: rows.slice(0, shownRows).map((row) => row.map((text, column) => show(inspection.columns[column], text))),
        guess: { draft: guess.draft, complete: guess.mapping !== null, columns: guess.columns },
        saved: await findMappings(pg, inspection.columns),
        sameAs: await sameContentAs(pg, run.contentHash, run.importId),
      };
    }),
    route(contract.checkImport, async ({ params, body, actor }) => {
      const found = await checkWith(deps, params.importId, body.mapping);
      const { inspection } = await readImport(pg, params.importId);
      return maskedDryRun(found, inspection.columns, cellsFor(actor, body.mapping));
    }),
    route(contract.startImport, async ({ params, body, actor }) => importView(await start(deps, actor, params.importId, body.mapping), say, actor)),
    route(contract.cancelImport, async ({ params, actor }) => importView(await cancel(deps, actor, params.importId), say, actor)),
    route(contract.undoImport, async ({ params, actor }) => importView(await undo(deps, actor, params.importId), say, actor)),
    rawRoute(contract.downloadRejects, async ({ params, actor, reply }) => {
      const run = await readImport(pg, params.importId);
      const path = rejectsPath(folders.exports, run.importId);
      if (run.rejectsWritten === 0 || !existsSync(path)) throw notFound('collect.import_no_rejects', { importId: run.importId });
      await recordAudit(pg, { actor, action: 'collect.download_rejects', subject: `import:${run.importId}`, details: { rows: run.rejectsWritten } });
      const lines = rejectsCsv(path, run.inspection.columns, say, actor.locale, cellsFor(actor, run.mapping));
      return reply.type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="import-${run.importId}-rejected.csv"`)
        .header('cache-control', 'no-store').send(Readable.from(lines));
    }),
    route(contract.listMappings, async () => ({ mappings: await findMappings(pg) })),
    route(contract.saveMapping, ({ body, actor }) => inTransaction(pg, async (client) => {
      const saved = await keepMapping(client, { ...body, by: actor.name });
      await recordAudit(client, { actor, action: 'collect.save_mapping', subject: `mapping:${saved.mappingId}` });
      return saved;
    })),
    route(contract.deleteMapping, ({ params, actor }) => inTransaction(pg, async (client) => {
      await forgetMapping(client, params.mappingId);
      await recordAudit(client, { actor, action: 'collect.delete_mapping', subject: `mapping:${params.mappingId}` });
      return null;
    })),
  ];
}
