import type pg from 'pg';
import { queueCopies } from '../copies/queue.ts';
import type { NameKeys } from '../vault/name-key.ts';
import type { Vault } from '../vault/vault.ts';
import { attachContacts, type SaidContact } from './contacts.ts';
import { keepSteps, undoSteps } from './import-steps.ts';
import { applySaid, emptyProfile, sameProfile } from './profile.ts';
import { readProfiles, writeProfiles, type StoredProfile } from './store.ts';
import { readTraits } from './traits.ts';

/** What was said about a customer at a moment, in the words of whoever said it. */
export interface SaidTraits {
  customerNo: number;
  traits: Readonly<Record<string, unknown>>;
  at: Date;
}

export interface Profiles {
  /**
   * Takes traits into profiles, in the caller's transaction. Names, phones, addresses and what looks
   * personal go encrypted into the vault; the rest becomes columns and attributes. What was said
   * earlier than what is known only fills gaps. A phone or address that somebody else is known by
   * stays theirs: the pair is noted as a possible duplicate, and the value kept as a contact. What an
   * import changes is kept with its number, so that `undoImport` can take it back.
   */
  applyTraits(client: pg.PoolClient, said: readonly SaidTraits[], importId?: number): Promise<void>;
  /** Takes back what an import changed of people who were there before it; what was changed since then stays. */
  undoImport(pool: pg.Pool, importId: number): Promise<void>;
}

export function createProfiles(vault: Vault, nameKeys: NameKeys): Profiles {
  return {
    undoImport: (pool, importId) => undoSteps(pool, vault, nameKeys, importId),
    async applyTraits(client, said, importId) {
      const meant = said.filter((s) => s.customerNo > 0).sort((a, b) => a.at.getTime() - b.at.getTime());
      if (meant.length === 0) return;
      const parsed = meant.map((s) => ({ ...s, said: readTraits(s.traits) }));
      const contacts: SaidContact[] = parsed.flatMap(({ customerNo, at, said: { phone, email } }) => [
        ...(phone ? [{ customerNo, at, kind: 'phone' as const, raw: phone }] : []),
        ...(email ? [{ customerNo, at, kind: 'email' as const, raw: email }] : []),
      ]);
      for (const { customerNo, at, kind, text } of await attachContacts(client, vault, contacts)) {
        parsed.push({ customerNo, at, traits: {}, said: { personal: { [kind]: text }, attributes: {} } });
      }
      const customerNos = [...new Set(meant.map((s) => s.customerNo))];
      const known = await readProfiles(client, vault, customerNos, true);
      const changed = new Map<number, Omit<StoredProfile, 'version'>>();
      for (const { customerNo, at, said: next } of parsed) {
        const before = changed.get(customerNo) ?? known.get(customerNo) ?? { customerNo, profile: emptyProfile, traitsAt: null };
        const isNewer = before.traitsAt === null || at >= before.traitsAt;
        const profile = applySaid(before.profile, next, isNewer);
        if (!sameProfile(profile, before.profile)) changed.set(customerNo, { customerNo, profile, traitsAt: isNewer ? at : before.traitsAt });
      }
      if (importId !== undefined) {
        await keepSteps(client, vault, importId, [...changed.values()].map(({ customerNo, profile }) => ({ customerNo, before: known.get(customerNo)?.profile ?? emptyProfile, after: profile })));
      }
      await writeProfiles(client, vault, nameKeys, [...changed.values()]);
      await queueCopies(client, [...changed.keys()]);
    },
  };
}
