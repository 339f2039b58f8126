import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { pageOf, plainPageQuery } from '../../../kernel/page.ts';
import { importKinds } from '../mapping/fields.ts';
import { mappingSchema } from '../mapping/mapping.ts';
import { dryRun } from './check/dry-run-result.ts';
import { inspection } from './inspect/inspection.ts';
import { importStates } from './run-state.ts';
import { importProgress } from './run/progress.ts';
import { importSummary } from './run/summary.ts';

/** What a command needs to make a mapping and to tell what became of a file. */
export { importKinds, type ImportKind } from '../mapping/fields.ts';
export { mappingSchema, type Mapping } from '../mapping/mapping.ts';
export type { DryRun } from './check/dry-run-result.ts';
export type { ImportSummary } from './run/summary.ts';

/** `collect.import` brings files in; `collect.undo` takes a whole import back. */
export const importPermissions = ['collect.import', 'collect.undo'] as const;

/** Bytes of one uploaded file at most; larger ones are divided or gzipped. */
export const uploadBytesAtMost = 16 * 2 ** 30;

const importId = z.coerce.number().int().min(1).max(2_147_483_647);
const oneImport = z.object({ importId });
const moment = z.iso.datetime();

export const importRow = z.object({
  importId: z.number().int(),
  kind: z.enum(importKinds),
  state: z.enum(importStates),
  fileName: z.string(),
  sizeBytes: z.number().int(),
  rows: z.number().int().nullable(),
  rejected: z.number().int().nullable(),
  createdAt: moment,
  createdBy: z.string(),
  finishedAt: moment.nullable(),
});
export type ImportListRow = z.infer<typeof importRow>;

export const importView = importRow.extend({
  startedAt: moment.nullable(),
  undoneAt: moment.nullable(),
  undoneBy: z.string().nullable(),
  cancelRequested: z.boolean(),
  inspection,
  mapping: mappingSchema.nullable(),
  dryRun: dryRun.nullable(),
  progress: importProgress.nullable(),
  summary: importSummary.nullable(),
  /** Why it failed, in the reader's language. */
  failure: z.object({ code: z.string(), sentence: z.string() }).nullable(),
  /** Rejected rows that can be downloaded. */
  rejectsWritten: z.number().int(),
  /** The uploaded file is still here, so that the import can be begun. */
  hasFile: z.boolean(),
});
export type ImportView = z.infer<typeof importView>;

export const listImports = endpoint({
  method: 'GET', path: '/api/imports', summary: 'Imports, newest first', access: 'collect.import',
  query: plainPageQuery.extend({ kind: z.enum(importKinds).optional(), state: z.enum(importStates).optional() }),
  reply: pageOf(importRow),
});

/** The same content as an earlier import. */
const sameContent = z.object({ importId: z.number().int(), state: z.enum(importStates), createdAt: moment, fileName: z.string() });

export const uploadImport = endpoint({
  method: 'POST', path: '/api/imports', summary: 'Upload a file (multipart/form-data, field "file")', access: 'collect.import',
  reply: z.object({ importId: z.number().int(), sameAs: z.array(sameContent) }), status: 201,
});

export const readImport = endpoint({
  method: 'GET', path: '/api/imports/:importId', summary: 'One import', access: 'collect.import', params: oneImport, reply: importView,
});

const columnGuess = z.object({ column: z.string(), field: z.string().nullable(), confidence: z.number(), reasons: z.array(z.string()) });
const savedMapping = z.object({
  mappingId: z.number().int(), name: z.string(), kind: z.enum(importKinds), mapping: mappingSchema, usedAt: moment, createdBy: z.string(),
});
export type SavedMapping = z.infer<typeof savedMapping>;

export const inspectImport = endpoint({
  method: 'GET', path: '/api/imports/:importId/inspection', summary: 'A file’s columns, sample rows and a guessed mapping', access: 'collect.import',
  params: oneImport, query: z.object({ kind: z.enum(importKinds).optional() }),
  reply: z.object({
    inspection,
    /** The first rows; values that look personal are masked for those who may not see them. */
    rows: z.array(z.array(z.string())),
    guess: z.object({
      /** To start from, though it may be incomplete: then `complete` is false. */
      draft: z.unknown(),
      complete: z.boolean(),
      columns: z.array(columnGuess),
    }),
    /** Mappings saved for the same columns, the one used last first. */
    saved: z.array(savedMapping),
    sameAs: z.array(sameContent),
  }),
});

export const checkImport = endpoint({
  method: 'POST', path: '/api/imports/:importId/check', summary: 'Dry run: what an import with this mapping would do', access: 'collect.import',
  params: oneImport, body: z.object({ mapping: mappingSchema }), reply: dryRun,
});

export const startImport = endpoint({
  method: 'POST', path: '/api/imports/:importId/start', summary: 'Begin an import; its mapping is the one checked last unless given', access: 'collect.import',
  params: oneImport, body: z.object({ mapping: mappingSchema.optional() }), reply: importView, status: 202,
});

export const cancelImport = endpoint({
  method: 'POST', path: '/api/imports/:importId/cancel', summary: 'Cancel an import; nothing of it remains', access: 'collect.import',
  params: oneImport, reply: importView, status: 202,
});

export const undoImport = endpoint({
  method: 'POST', path: '/api/imports/:importId/undo', summary: 'Take a finished import back', access: 'collect.undo',
  params: oneImport, reply: importView, status: 202,
});

export const downloadRejects = endpoint({
  method: 'GET', path: '/api/imports/:importId/rejects', summary: 'The rejected rows with reasons, as CSV', access: 'collect.import',
  params: oneImport, reply: z.string(), raw: true,
});

export const listMappings = endpoint({
  method: 'GET', path: '/api/import-mappings', summary: 'Saved mappings, the one used last first', access: 'collect.import',
  reply: z.object({ mappings: z.array(savedMapping) }),
});

export const saveMapping = endpoint({
  method: 'POST', path: '/api/import-mappings', summary: 'Save a mapping under a name, in place of one of that name', access: 'collect.import',
  body: z.object({ name: z.string().trim().min(1).max(80), mapping: mappingSchema, columns: z.array(z.string().max(200)).min(1).max(1_000) }),
  reply: savedMapping, status: 201,
});

export const deleteMapping = endpoint({
  method: 'DELETE', path: '/api/import-mappings/:mappingId', summary: 'Forget a saved mapping', access: 'collect.import',
  params: z.object({ mappingId: importId }), reply: z.null(), status: 204,
});
