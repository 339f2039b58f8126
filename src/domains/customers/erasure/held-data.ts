import { Readable } from 'node:stream';
import { forbidden } from '../../../kernel/problem.ts';
import { may, type Actor } from '../../../kernel/actor.ts';
import type { Platform } from '../../../platform/platform.ts';
import { recordAudit } from '../../access/public.ts';
import { readConsents } from '../consents/store.ts';
import { readIdentifiers } from '../identifiers/store.ts';
import { readLineage } from '../merges/lineage.ts';
import { requireLineage } from '../profiles/read-profile.ts';
import { readProfiles } from '../profiles/store.ts';
import { readMerges } from '../profiles/view-store.ts';
import type { HeldPerson, Sources } from '../sources.ts';
import { readTags } from '../tags/store.ts';
import type { Vault } from '../vault/vault.ts';
import { countOwnData } from './own-data.ts';

async function personOf({ pg: pool }: Platform, vault: Vault, customerNo: number): Promise<HeldPerson> {
  const customerNos = await requireLineage(pool, customerNo);
  return { customerNos, identifiers: await readIdentifiers(pool, vault, customerNos) };
}

/** How much is held about a person, everywhere. */
export async function readHeldCounts(platform: Platform, vault: Vault, sources: Sources, customerNo: number) {
  const person = await personOf(platform, vault, customerNo);
  const own = await countOwnData(platform.pg, person.customerNos);
  const others = await Promise.all(sources.heldData.map(async (source) => [source.name, await source.count(person)] as const));
  return { counts: { ...own, ...Object.fromEntries(others) }, confirmBy: String(person.customerNos[0]) };
}

/**
 * Everything held about a person as one JSON document, written while it is read. Personal values are
 * in full, because the copy is the person's own; so it takes the permission to see them, and the
 * audit log says who made it.
 */
export async function exportPerson(platform: Platform, vault: Vault, sources: Sources, customerNo: number, actor: Actor): Promise<{ customerNo: number; body: Readable }> {
  if (!may(actor, 'customers.reveal')) throw forbidden('platform.not_permitted', { permission: 'customers.reveal' });
  const person = await personOf(platform, vault, customerNo);
  const [rootNo] = person.customerNos;
  const own = await readOwnData(platform, vault, person);
  await recordAudit(platform.pg, { actor, action: 'customers.export_person', subject: `customer:${rootNo}`, details: { numbers: person.customerNos } });
  return { customerNo: rootNo, body: Readable.from(documentOf(own, sources, person), { objectMode: false }) };
}

async function readOwnData({ pg: pool, clock }: Platform, vault: Vault, person: HeldPerson): Promise<Record<string, unknown>> {
  const numbers = person.customerNos;
  const [customers, profiles, consents, tags, merges, changes] = await Promise.all([
    readLineage(pool, numbers[0]), readProfiles(pool, vault, numbers), readConsents(pool, numbers), readTags(pool, numbers), readMerges(pool, numbers),
    pool.query('select customer_no, kind, at, details from customer_change where customer_no = any($1::int[]) order by at', [numbers]),
  ]);
  return {
    exportedAt: clock.now().toISOString(),
    customerNos: numbers,
    customers,
    identifiers: person.identifiers.map(({ kind, namespace, value }) => ({ kind, namespace, value })),
    profiles: [...profiles.values()].map(({ customerNo, profile }) => ({ customerNo, ...profile })),
    consents,
    tags,
    merges,
    changes: changes.rows,
  };
}

async function* documentOf(own: Record<string, unknown>, sources: Sources, person: HeldPerson): AsyncGenerator<string> {
  yield `${JSON.stringify(own).slice(0, -1)}`;
  for (const source of sources.heldData) {
    yield `,\n${JSON.stringify(source.name)}:[`;
    let separator = '\n';
    for await (const row of source.export(person)) {
      yield separator + JSON.stringify(row);
      separator = ',\n';
    }
    yield ']';
  }
  yield '}\n';
}
