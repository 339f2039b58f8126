import type pg from 'pg';
import { type Actor } from '../../../../kernel/actor.ts';
import { conflict, notFound, Problem } from '../../../../kernel/problem.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { maskEmail, maskName, maskPhone, maskText, type Vault } from '../../../customers/public.ts';
import type { PartnerContact, PartnerContactText } from '../../contract/partners.ts';
import { lockPartner } from '../pipeline/keep-partners.ts';
import { recordHappening } from '../pipeline/history.ts';
import { demandImpersonal } from '../pipeline/open-text.ts';

export interface ContactDoors {
  platform: Pick<Platform, 'pg' | 'clock'>;
  vault: Pick<Vault, 'encrypt' | 'decrypt'>;
}

const mostContacts = 50;

/** A contact sealed for one partner cannot be moved to another. */
const purposeOf = (partnerId: number): string => `partner contact ${partnerId}`;
/** What is stored of a contact. */
export const sealContact = ({ vault }: Pick<ContactDoors, 'vault'>, partnerId: number, { role: _role, ...person }: PartnerContactText): Buffer => vault.encrypt(purposeOf(partnerId), JSON.stringify(person));
const open = ({ vault }: ContactDoors, partnerId: number, sealed: Buffer): Omit<PartnerContactText, 'role'> => JSON.parse(vault.decrypt(purposeOf(partnerId), sealed)) as Omit<PartnerContactText, 'role'>;

/** Of a short number a mask for phones would show all. */
const maskNumber = (phone: string): string => (phone.length < 10 ? maskText(phone) : maskPhone(phone));
const masked = (text: string, mask: (text: string) => string): string => (text === '' ? '' : mask(text));

/** The people at a partner's, masked. */
export async function readContacts(doors: ContactDoors, partnerId: number): Promise<PartnerContact[]> {
  const { rows } = await doors.platform.pg.query<{ contactId: number; role: string; sealed: Buffer; version: number }>(
    'select contact_id as "contactId", role, sealed, version from partner_contact where partner_id = $1 order by contact_id', [partnerId]);
  return rows.map(({ sealed, ...row }) => {
    const { name, phone, email, wechat } = open(doors, partnerId, sealed);
    return { ...row, name: maskName(name), phone: masked(phone, maskNumber), email: masked(email, maskEmail), wechat: masked(wechat, maskText) };
  });
}

/** A contact in full; who read it stands in the audit log before it is told. */
export async function revealContact(doors: ContactDoors, partnerId: number, contactId: number, actor: Actor): Promise<PartnerContactText> {
  return inTransaction(doors.platform.pg, async (client) => {
    const { role, sealed } = await lockContact(client, partnerId, contactId);
    await recordHappening(client, { partnerId, kind: 'contact_revealed', actor, at: doors.platform.clock.now(), details: { contactId }, audit: { contactId } });
    return { role, ...open(doors, partnerId, sealed) };
  });
}

async function lockContact(client: pg.PoolClient, partnerId: number, contactId: number): Promise<{ role: string; sealed: Buffer; version: number }> {
  const { rows: [row] } = await client.query<{ role: string; sealed: Buffer; version: number }>(
    'select role, sealed, version from partner_contact where partner_id = $1 and contact_id = $2 for update', [partnerId, contactId]);
  if (!row) throw notFound('membership.partner_contact_not_found', { contactId });
  return row;
}

export async function addContact(doors: ContactDoors, partnerId: number, contact: PartnerContactText, actor: Actor): Promise<number> {
  demandImpersonal({ role: contact.role });
  return inTransaction(doors.platform.pg, async (client) => {
    await lockPartner(client, partnerId);
    const { rows: [{ held }] } = await client.query<{ held: number }>('select count(*)::int as held from partner_contact where partner_id = $1', [partnerId]);
    if (held >= mostContacts) throw new Problem('membership.too_many_partner_contacts', { status: 409, params: { most: mostContacts } });
    const { rows: [{ contactId }] } = await client.query<{ contactId: number }>(
      'insert into partner_contact (partner_id, role, sealed) values ($1, $2, $3) returning contact_id as "contactId"', [partnerId, contact.role, sealContact(doors, partnerId, contact)]);
    await recordHappening(client, { partnerId, kind: 'contact_added', actor, at: doors.platform.clock.now(), details: { contactId, role: contact.role }, audit: { contactId } });
    return contactId;
  });
}

export async function changeContact(doors: ContactDoors, partnerId: number, contactId: number, { version, ...contact }: PartnerContactText & { version: number }, actor: Actor): Promise<void> {
  demandImpersonal({ role: contact.role });
  await inTransaction(doors.platform.pg, async (client) => {
    const before = await lockContact(client, partnerId, contactId);
    if (before.version !== version) throw conflict('membership.partner_part_edited_meanwhile');
    await client.query('update partner_contact set role = $2, sealed = $3, version = version + 1 where contact_id = $1', [contactId, contact.role, sealContact(doors, partnerId, contact)]);
    await recordHappening(client, { partnerId, kind: 'contact_changed', actor, at: doors.platform.clock.now(), details: { contactId, role: contact.role }, audit: { contactId } });
  });
}

export async function removeContact({ platform: { pg: pool, clock } }: ContactDoors, partnerId: number, contactId: number, actor: Actor): Promise<void> {
  await inTransaction(pool, async (client) => {
    await lockContact(client, partnerId, contactId);
    await client.query('delete from partner_contact where contact_id = $1', [contactId]);
    await recordHappening(client, { partnerId, kind: 'contact_removed', actor, at: clock.now(), details: { contactId }, audit: { contactId } });
  });
}
