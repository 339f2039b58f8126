import { useTranslation } from 'react-i18next';
import { Form, Input, Section, Select } from '../../../../../web/kit.ts';
import { consentChannels, consentPurposes } from '../../../../customers/contract.ts';
import type { ProgrammeDefinition } from '../../../contract.ts';
import styles from '../programme.module.css';
import { type Controlled, NamesInput } from './inputs.tsx';

type Joining = ProgrammeDefinition['joining'];
const who = ['buyers', 'everybody', 'application'] as const;
const counts = ['with_joining_order', 'after_joining', 'everything'] as const;
const settlements = ['by_rules', 'opening_balances'] as const;

/** What the programme is called, and who takes part in it. */
export function JoiningFields({ channels, isFirst }: { channels: readonly string[]; isFirst: boolean }) {
  const { t } = useTranslation('membership');
  return (
    <Section title={t('design.section.joining')}>
      <Form.Item name="names" label={t('design.field.programmeName')}><NamesInput /></Form.Item>
      <div className={styles.fields}>
        <Form.Item name={['joining', 'who']} label={t('design.field.who')}><Select options={who.map((value) => ({ value, label: t(`design.who.${value}`) }))} /></Form.Item>
        <Form.Item name={['joining', 'counts']} label={t('design.field.joiningCounts')}><Select options={counts.map((value) => ({ value, label: t(`programme.says.joiningCounts.${value}`) }))} /></Form.Item>
        <Form.Item name={['joining', 'channels']} label={t('design.field.channels')} extra={t('design.field.channelsHint')}><Select mode="tags" options={channels.map((value) => ({ value }))} /></Form.Item>
        <Form.Item name={['joining', 'consent']} label={t('design.field.consent')}><ConsentSelect /></Form.Item>
        {isFirst && <Form.Item name="settlement" label={t('design.field.settlement')}><Select options={settlements.map((value) => ({ value, label: t(`design.settlement.${value}`) }))} /></Form.Item>}
      </div>
      <Form.Item name="note" label={t('design.field.note')} extra={t('design.field.noteHint')}><Input maxLength={500} /></Form.Item>
    </Section>
  );
}

/** Whether joining needs a consent, and which. */
function ConsentSelect({ value, onChange }: Controlled<Joining['consent']>) {
  const { t } = useTranslation('membership');
  const options = consentChannels.flatMap((channel) => consentPurposes.map((purpose) => ({ value: `${channel} ${purpose}`, label: t('design.field.consentTo', { channel: t(`customers:channel.${channel}`), purpose: t(`customers:purpose.${purpose}`) }) })));
  return (
    <Select
      allowClear
      showSearch
      placeholder={t('design.field.noConsent')}
      options={options}
      value={value ? `${value.channel} ${value.purpose}` : null}
      onChange={(chosen: string | null | undefined) => {
        const [channel, purpose] = (chosen ?? '').split(' ');
        onChange?.(chosen ? ({ channel, purpose } as Joining['consent']) : null);
      }}
    />
  );
}
