import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, EmptyState, Flex, Form, FormModal, Input, Popconfirm, Section, Table, useAction, useMay } from '../../../../../web/kit.ts';
import { addPartnerContact, changePartnerContact, listPartnerHistory, type PartnerContact, type PartnerContactText, readPartner, removePartnerContact, revealPartnerContact } from '../../../contract.ts';

const none: PartnerContactText = { role: '', name: '', phone: '', email: '', wechat: '' };

/** Whom we speak with: masked, in full for who may see it, and written down each time. */
export function ContactList({ partnerId, contacts }: { partnerId: number; contacts: PartnerContact[] }) {
  const { t } = useTranslation('membership');
  const mayReveal = useMay('membership.partner_contacts');
  const [shown, setShown] = useState<Record<number, PartnerContactText>>({});
  const [adding, setAdding] = useState(false);
  const [edited, setEdited] = useState<PartnerContact | null>(null);
  const reveal = useAction(revealPartnerContact, { invalidates: [listPartnerHistory], onSuccess: (text, { params }) => params && setShown((all) => ({ ...all, [Number(params.contactId)]: text })) });
  const remove = useAction(removePartnerContact, { invalidates: [readPartner, listPartnerHistory], done: t('partners.contactRemoved') });
  const valueOf = (row: PartnerContact, key: 'name' | 'phone' | 'email' | 'wechat'): string => shown[row.contactId]?.[key] ?? row[key];
  const forget = (): void => {
    setShown({});
    setAdding(false);
    setEdited(null);
  };
  const add = <Button size="small" onClick={() => setAdding(true)}>{t('partners.contactAdd')}</Button>;
  return (
    <Section title={t('partners.contacts')} extra={contacts.length > 0 && add}>
      {contacts.length === 0 ? <EmptyState title={t('partners.contactsNone')} hint={t('partners.contactsHint')} action={add} /> : (
        <Table<PartnerContact>
          rowKey="contactId"
          size="small"
          dataSource={contacts}
          pagination={false}
          scroll={{ x: 'max-content' }}
          columns={[
            ...(['name', 'phone', 'email', 'wechat'] as const).map((key) => ({ key, title: t(`partners.contact.${key}`), render: (_: unknown, row: PartnerContact) => valueOf(row, key) || '–' })),
            { key: 'role', title: t('partners.contact.role'), dataIndex: 'role' },
            {
              key: 'actions', title: '', align: 'end' as const,
              render: (_: unknown, row: PartnerContact) => (
                <Flex gap={4} justify="end">
                  {mayReveal && !shown[row.contactId] && <Button size="small" type="text" loading={reveal.isPending} onClick={() => reveal.mutate({ params: { partnerId, contactId: row.contactId } })}>{t('partners.contactReveal')}</Button>}
                  {mayReveal && shown[row.contactId] && <Button size="small" type="text" onClick={() => setEdited(row)}>{t('partners.editShort')}</Button>}
                  <Popconfirm title={t('partners.contactRemoveSure')} onConfirm={() => remove.mutate({ params: { partnerId, contactId: row.contactId } })}><Button size="small" type="text" danger>{t('partners.remove')}</Button></Popconfirm>
                </Flex>
              ),
            },
          ]}
        />
      )}
      <FormModal<typeof addPartnerContact, PartnerContactText> open={adding} endpoint={addPartnerContact} title={t('partners.contactAdd')} submitLabel={t('partners.save')} initial={none} request={(body) => ({ params: { partnerId }, body })} invalidates={[readPartner, listPartnerHistory]} onDone={forget} onCancel={() => setAdding(false)}>
        <ContactFields />
      </FormModal>
      <FormModal<typeof changePartnerContact, PartnerContactText> open={edited !== null} endpoint={changePartnerContact} title={t('partners.contactEdit')} submitLabel={t('partners.save')} initial={edited ? shown[edited.contactId] ?? none : none} request={(body) => ({ params: { partnerId, contactId: edited?.contactId ?? 0 }, body: { ...body, version: edited?.version ?? 1 } })} invalidates={[readPartner, listPartnerHistory]} onDone={forget} onCancel={() => setEdited(null)}>
        <ContactFields />
      </FormModal>
    </Section>
  );
}

function ContactFields() {
  const { t } = useTranslation('membership');
  return (
    <>
      <Form.Item name="name" label={t('partners.contact.name')} rules={[{ required: true, whitespace: true, message: t('partners.contactNameNeeded') }]}><Input maxLength={80} autoFocus /></Form.Item>
      <Form.Item name="role" label={t('partners.contact.role')}><Input maxLength={80} /></Form.Item>
      <Form.Item name="phone" label={t('partners.contact.phone')}><Input maxLength={40} inputMode="tel" /></Form.Item>
      <Form.Item name="email" label={t('partners.contact.email')} rules={[{ type: 'email', message: t('partners.contactEmailBad') }]}><Input maxLength={254} inputMode="email" /></Form.Item>
      <Form.Item name="wechat" label={t('partners.contact.wechat')} extra={t('partners.contactsHint')}><Input maxLength={60} /></Form.Item>
    </>
  );
}
