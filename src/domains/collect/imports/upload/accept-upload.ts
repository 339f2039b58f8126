import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../../../kernel/actor.ts';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { recordAudit } from '../../../access/public.ts';
import { inspectFile } from '../inspect/inspect-file.ts';
import type { ImportDeps } from '../run/import-deps.ts';
import { importsOfContent, insertImport } from '../store.ts';
import type { uploadImport } from '../contract.ts';
import { receiveFile } from './receive-file.ts';

/** Receives a file, looks at its beginning, and notes it as an import that may be begun. What cannot be read is refused and removed. */
export async function acceptUpload({ platform }: ImportDeps, actor: Actor, request: FastifyRequest): Promise<EndpointReply<typeof uploadImport>> {
  const { pg, folders } = platform;
  const received = await receiveFile(request, folders.uploads);
  const path = join(folders.uploads, received.uploadName);
  try {
    const { inspection, guess } = await inspectFile(platform, path, received.fileName);
    const importId = await insertImport(pg, { ...received, inspection, kind: guess.draft.kind, createdBy: actor.name });
    await recordAudit(pg, { actor, action: 'collect.upload', subject: `import:${importId}`, details: { bytes: received.sizeBytes } });
    return { importId, sameAs: await sameContentAs(pg, received.contentHash, importId) };
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

/** Earlier imports of the same bytes, for a person to be told. */
export async function sameContentAs(pg: ImportDeps['platform']['pg'], contentHash: Buffer, importId: number) {
  const rows = await importsOfContent(pg, contentHash, importId);
  return rows.map((row) => ({ importId: row.importId, state: row.state, createdAt: row.createdAt.toISOString(), fileName: row.fileName }));
}
