import type { IdentifierSlot } from '../../../customers/public.ts';
import type { IdentityField } from '../../mapping/fields.ts';
import type { TextColumn } from '../../mapping/mapped-columns.ts';
import { type Mapping, ownSource } from '../../mapping/mapping.ts';

/**
 * The identifiers a mapping fills, in the order of trust. The customer numbers of a system that is
 * named are unique within it, those of the brand's own shop are the ones trackers tell too; an open
 * id is unique within its app; a phone, an address and a member number are one brand-wide.
 */
export function identitySlots(mapping: Mapping): { fields: IdentityField[]; slots: IdentifierSlot[] } {
  const filled = new Set([...mapping.columns.map(({ field }) => field), ...Object.keys(mapping.defaults)]);
  const fields = identityOrder.filter((field) => filled.has(field));
  const slots = fields.map((field) => ({ kind: field, namespace: namespaceOf(field, mapping) }));
  return { fields, slots };
}

/** The columns of a mapped batch in the order of the slots. */
export const identityColumns = (
  fields: readonly IdentityField[],
  text: Partial<Record<IdentityField, TextColumn>>,
): (TextColumn | undefined)[] => fields.map((field) => text[field]);

function namespaceOf(field: IdentityField, { source, openIdsOf }: Mapping): string {
  if (field === 'openid') return openIdsOf ?? source;
  return field === 'external_id' && source !== ownSource ? source : '';
}

const identityOrder = ['external_id', 'member_no', 'unionid', 'phone', 'email', 'openid'] as const satisfies readonly IdentityField[];
