import { formatDecimal, parseDecimal } from '../../../kernel/decimal.ts';
import { ask } from '../../../platform/clickhouse/query.ts';
import type { Platform } from '../../../platform/platform.ts';
import { orderTotals } from '../analytics/order-totals.ts';
import type { CustomerRow } from '../contract/lists.ts';
import { identifierKinds } from '../identifiers/kinds.ts';
import { readIdentifiers } from '../identifiers/store.ts';
import { readLineages } from '../merges/lineages.ts';
import { maskIdentifier, maskName } from '../profiles/mask.ts';
import { mergeProfiles } from '../profiles/profile.ts';
import { readProfiles } from '../profiles/store.ts';
import { readTags } from '../tags/store.ts';
import type { Vault } from '../vault/vault.ts';

const contactKinds = [identifierKinds.phone, identifierKinds.email, identifierKinds.member_no];

/** How personal values are shown: in part, or in full to who may see them and asked for it. */
export interface Shown {
  name(name: string): string;
  identifier: typeof maskIdentifier;
}
export const shownMasked: Shown = { name: maskName, identifier: maskIdentifier };
export const shownInFull: Shown = { name: (name) => name, identifier: (_kind, value) => value };

/** The rows of a list for these customers, in their order. A customer who is gone since is left out. */
export async function readRows({ pg: pool, clickhouse }: Platform, vault: Vault, customerNos: readonly number[], shown: Shown = shownMasked): Promise<CustomerRow[]> {
  if (customerNos.length === 0) return [];
  const lineages = await readLineages(pool, customerNos);
  const numbers = [...lineages.values()].flat().map((part) => part.customerNo);
  const [profiles, identifiers, tags, totals] = await Promise.all([
    readProfiles(pool, vault, numbers),
    readIdentifiers(pool, vault, customerNos, contactKinds),
    readTags(pool, numbers),
    ask(clickhouse, orderTotals, { customerNos: numbers }),
  ]);
  const identifiersOf = Map.groupBy(identifiers, (identifier) => identifier.customerNo);
  const tagsOf = Map.groupBy(tags, (tag) => tag.customerNo);
  const totalsOf = new Map(totals.map((total) => [total.customerNo, total]));
  return customerNos.flatMap((customerNo) => {
    const lineage = lineages.get(customerNo);
    if (!lineage) return [];
    const profile = mergeProfiles(lineage.map((part) => profiles.get(part.customerNo)?.profile).filter((p) => p !== undefined));
    const first = lineage.reduce((a, b) => (b.createdAt < a.createdAt ? b : a));
    const contact = (kind: 'phone' | 'email' | 'member_no'): string | null => {
      const found = identifiersOf.get(customerNo)?.find((identifier) => identifier.kind === kind);
      return found ? shown.identifier(kind, found.value) : null;
    };
    return [{
      customerNo,
      name: profile.name === null ? null : shown.name(profile.name),
      phone: contact('phone'),
      email: contact('email'),
      memberNo: contact('member_no'),
      gender: profile.gender,
      province: profile.province,
      city: profile.city,
      channel: first.channel,
      tags: [...new Set(lineage.flatMap((part) => tagsOf.get(part.customerNo) ?? []).map((tag) => tag.name))],
      createdAt: first.createdAt.toISOString(),
      ...added(lineage.flatMap((part) => totalsOf.get(part.customerNo) ?? [])),
    }];
  });
}

function added(totals: readonly { orders: number; lastOrderAt: string | null; spent: string }[]) {
  return {
    orders: totals.reduce((sum, total) => sum + total.orders, 0),
    lastOrderAt: totals.reduce<string | null>((latest, { lastOrderAt }) => (lastOrderAt !== null && (latest === null || lastOrderAt > latest) ? lastOrderAt : latest), null),
    spent: formatDecimal(totals.reduce((sum, total) => sum + (parseDecimal(total.spent) ?? 0n), 0n)),
  };
}
