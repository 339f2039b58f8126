import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPartnersServer, type PartnersServer } from '../../../../../test/partners-server.ts';
import {
  addPartnerContact,
  changePartnerContact,
  listPartnerHistory,
  readPartner,
  removePartnerContact,
  revealPartnerContact,
} from '../../contract.ts';

const person = {
  role: '市场经理',
  name: '欧阳金丝雀',
  phone: '13988887777',
  email: 'canary@partner.example',
  wechat: 'canary_wx',
};
const canaries = ['欧阳金', '13988887777', 'canary@', 'canary_wx', '8888'];

describe('people at a partner’s', () => {
  let shop: PartnersServer;
  let partnerId: number;
  let contactId: number;
  beforeAll(async () => {
    shop = await createPartnersServer();
    partnerId = await shop.partner();
    contactId = (await shop.ask(addPartnerContact, { params: { partnerId }, body: person })).body
      .contactId;
  });
  afterAll(() => shop.close());

  const contacts = async (permissions?: string) =>
    (await shop.ask(readPartner, { params: { partnerId } }, permissions)).body.contacts;

  it('are shown masked, and in full to who may see them, which is written down', async () => {
    expect(await contacts('membership.partners')).toEqual([
      {
        contactId,
        role: '市场经理',
        name: '欧**',
        phone: '139****7777',
        email: 'c***@partner.example',
        wechat: 'ca****',
        version: 1,
      },
    ]);
    expect(
      (await shop.ask(revealPartnerContact, { params: { partnerId, contactId } })).body,
    ).toEqual(person);
    expect(
      (
        await shop.ask(
          revealPartnerContact,
          { params: { partnerId, contactId } },
          'membership.partners',
        )
      ).status,
    ).toBe(403);
    const { rows } = await shop.platform.pg.query(
      "select subject, details from audit_log where action = 'membership.partner_contact_revealed'",
    );
    expect(rows).toEqual([{ subject: `partner:${partnerId}`, details: { contactId } }]);
  });

  it('are readable nowhere else: not in the database, the history, the audit log', async () => {
    await shop.ask(changePartnerContact, {
      params: { partnerId, contactId },
      body: { ...person, role: '总监', version: 1 },
    });
    const { rows } = await shop.platform.pg.query<{ text: string }>(
      "select c::text as text from partner_contact c union all select e::text from partner_event e union all select a::text from audit_log a where action like 'membership.%'",
    );
    const history = await shop.ask(listPartnerHistory, { params: { partnerId } });
    for (const { text } of [...rows, history])
      for (const canary of canaries) expect(text.includes(canary), canary).toBe(false);
    expect(history.body.events.map(({ kind }) => kind)).toContain('contact_changed');
  });

  it('stay with their partner: what is stored opens under no other', async () => {
    const other = await shop.partner();
    expect(
      (await shop.ask(revealPartnerContact, { params: { partnerId: other, contactId } })).status,
    ).toBe(404);
    await shop.platform.pg.query(
      'insert into partner_contact (partner_id, role, sealed) select $1, role, sealed from partner_contact where contact_id = $2',
      [other, contactId],
    );
    expect((await shop.ask(readPartner, { params: { partnerId: other } })).status).toBe(500);
  });

  it('show no whole short number, and are not lost to somebody else’s edit', async () => {
    const {
      body: { contactId: short },
    } = await shop.ask(addPartnerContact, {
      params: { partnerId },
      body: { ...person, phone: '8301', wechat: '', email: '' },
    });
    expect((await contacts()).find((each) => each.contactId === short)).toMatchObject({
      phone: '8****',
      wechat: '',
      email: '',
    });
    const edit = (version: number) =>
      shop.ask(changePartnerContact, {
        params: { partnerId, contactId: short },
        body: { ...person, version },
      });
    expect([(await edit(1)).status, (await edit(1)).status]).toEqual([204, 409]);
    expect(
      (
        await shop.ask(addPartnerContact, {
          params: { partnerId },
          body: { ...person, role: '打 13800138000' },
        })
      ).code,
    ).toBe('membership.partner_text_personal');
  });

  it('are forgotten when they are removed', async () => {
    const {
      body: { contactId: gone },
    } = await shop.ask(addPartnerContact, { params: { partnerId }, body: person });
    expect(
      (await shop.ask(removePartnerContact, { params: { partnerId, contactId: gone } })).status,
    ).toBe(204);
    expect(
      (await shop.ask(removePartnerContact, { params: { partnerId, contactId: gone } })).status,
    ).toBe(404);
    expect(
      (await shop.platform.pg.query('select from partner_contact where contact_id = $1', [gone]))
        .rowCount,
    ).toBe(0);
  });
});
