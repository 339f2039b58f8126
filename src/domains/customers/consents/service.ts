import type pg from 'pg';
import type { z } from 'zod';
import type { Actor } from '../../../kernel/actor.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { recordAudit } from '../../access/public.ts';
import type { recordConsent } from '../contract/consent.ts';
import { consentStates, requireParts } from '../profiles/read-profile.ts';
import { consents, readConsents } from './store.ts';

type Said = z.output<NonNullable<(typeof recordConsent)['body']>>;

/** A clock on another desk may be a little ahead. */
const toleranceMs = 5 * 60_000;

/** Keeps a statement that a member of staff took, and returns what counts now. */
export function takeConsent({ pg: pool, clock }: Platform, customerNo: number, said: Said, actor: Actor) {
  return inTransaction(pool, async (client) => {
    const parts = await requireParts(client, customerNo);
    const lineage = parts.map((part) => part.customerNo);
    const at = said.at ? new Date(said.at) : clock.now();
    if (at.getTime() > clock.now().getTime() + toleranceMs) throw new Problem('customers.consent_in_future', { fields: [{ path: 'body.at', code: 'too_late' }] });
    const { channel, purpose, granted, source, textVersion } = said;
    const evidence = said.evidence ? { note: said.evidence } : {};
    await consents.record(client, [{ customerNo: lineage[0], channel, purpose, granted, at, source, evidence, textVersion, actor: actor.name }]);
    await recordAudit(client, { actor, action: 'customers.record_consent', subject: `customer:${lineage[0]}`, details: { channel, purpose, granted } });
    return { consents: consentStates(await readConsents(client, lineage), parts, lineage[0]) };
  });
}

/** What counts of a person now, for each channel and purpose they ever said something about. */
export async function consentsOf(connection: pg.Pool | pg.PoolClient, customerNo: number) {
  const parts = await requireParts(connection, customerNo);
  return consentStates(await readConsents(connection, parts.map((part) => part.customerNo)), parts, parts[0].customerNo);
}
