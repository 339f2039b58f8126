import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Columns, DescriptionList, Form, FormModal, Input, Section, Select, Stack, Tag, useEndpoint, useFormat } from '../../../../../web/kit.ts';
import { changePartner, listPartnerHistory, readPartner, readPartnerBoard, type ShownPartner } from '../../../contract.ts';
import { DayField } from '../../day-field.tsx';
import { ContactList } from './contact-list.tsx';

/** Who the partner is, what is next, and whom we speak with there. */
export function SummaryTab({ partner }: { partner: ShownPartner }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  return (
    <Stack>
      <Columns>
        <Section title={t('partners.about')}>
          <DescriptionList
            columns={2}
            items={[
              { label: t('partners.summary'), value: partner.summary || undefined },
              { label: t('partners.owner'), value: partner.owner?.name },
              { label: t('partners.website'), value: partner.website ? <a href={partner.website} target="_blank" rel="noreferrer noopener">{partner.website.replace(/^https?:\/\//, '')}</a> : undefined },
              { label: t('partners.createdAt'), value: format.date(partner.createdAt) },
              { label: t('partners.updatedAt'), value: format.dateTime(partner.updatedAt) },
            ]}
          />
        </Section>
        <NextStep partner={partner} />
      </Columns>
      <ContactList partnerId={partner.partnerId} contacts={partner.contacts} />
    </Stack>
  );
}

interface Step {
  text: string;
  on: string | null;
  ownerId: number | null;
}

function NextStep({ partner: { partnerId, version, nextStep, isLate } }: { partner: ShownPartner }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const [isEditing, setEditing] = useState(false);
  const { data } = useEndpoint(readPartnerBoard, {}, { enabled: isEditing });
  return (
    <Section title={t('partners.nextStep')} extra={<Button size="small" onClick={() => setEditing(true)}>{t('partners.setNext')}</Button>}>
      <DescriptionList
        columns={2}
        items={[
          { label: t('partners.nextText'), value: nextStep.text || undefined },
          { label: t('partners.nextOn'), value: nextStep.on ? (isLate ? <Tag color="error">{t('partners.late', { day: format.date(nextStep.on) })}</Tag> : format.date(nextStep.on)) : undefined },
          { label: t('partners.nextOwner'), value: nextStep.owner?.name },
        ]}
      />
      <FormModal<typeof changePartner, Step>
        open={isEditing}
        endpoint={changePartner}
        title={t('partners.setNext')}
        submitLabel={t('partners.save')}
        initial={{ text: nextStep.text, on: nextStep.on, ownerId: nextStep.owner?.staffId ?? null }}
        request={({ text, on, ownerId }) => ({ params: { partnerId }, body: { version, nextStep: { text: text ?? '', on: on ?? null, ownerId: ownerId ?? null } } })}
        invalidates={[readPartner, readPartnerBoard, listPartnerHistory]}
        onDone={() => setEditing(false)}
        onCancel={() => setEditing(false)}
      >
        <Form.Item name="text" label={t('partners.nextText')}><Input maxLength={300} placeholder={t('partners.nextPlaceholder')} autoFocus /></Form.Item>
        <Form.Item name="on" label={t('partners.nextOn')}><DayField /></Form.Item>
        <Form.Item name="ownerId" label={t('partners.nextOwner')}><Select allowClear options={data?.owners.map(({ staffId, name }) => ({ value: staffId, label: name })) ?? []} /></Form.Item>
      </FormModal>
    </Section>
  );
}
