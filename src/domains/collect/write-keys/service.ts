import { systemActor, type Actor } from '../../../kernel/actor.ts';
import type { EndpointInput, EndpointReply } from '../../../kernel/endpoint.ts';
import { notFound } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { recordAudit } from '../../access/public.ts';
import type { listWriteKeys } from './contract.ts';
import { hashOfSecret, newSecret, prefixOf } from './secret.ts';
import { insertWriteKey, markRevoked, readWriteKeys, type WriteKey } from './store.ts';

/** The keys trackers send events with. */
export interface WriteKeys {
  list(query: EndpointInput<typeof listWriteKeys>['query']): Promise<EndpointReply<typeof listWriteKeys>>;
  /** Makes a key; the secret is in the answer and is not kept. The command line acts as the system. */
  create(name: string, actor?: Actor): Promise<{ key: WriteKey; secret: string }>;
  /** Throws `collect.write_key_not_found` (404) when no working key has this number. */
  revoke(writeKeyId: number, actor?: Actor): Promise<void>;
}

export const createWriteKeys = ({ pg, clock }: Platform): WriteKeys => ({
  async list({ page, pageSize, q = '' }) {
    return { ...await readWriteKeys(pg, q, pageSize, (page - 1) * pageSize), computedAt: clock.now().toISOString() };
  },
  create: (name, actor = systemActor) => inTransaction(pg, async (client) => {
    const secret = newSecret();
    const key = await insertWriteKey(client, { name, hash: hashOfSecret(secret), prefix: prefixOf(secret), createdBy: actor.name });
    await recordAudit(client, { actor, action: 'collect.create_write_key', subject: `write_key:${key.writeKeyId}`, details: { name } });
    return { key, secret };
  }),
  revoke: (writeKeyId, actor = systemActor) => inTransaction(pg, async (client) => {
    if (!(await markRevoked(client, writeKeyId))) throw notFound('collect.write_key_not_found');
    await recordAudit(client, { actor, action: 'collect.revoke_write_key', subject: `write_key:${writeKeyId}` });
  }),
});
