import { useTranslation } from 'react-i18next';
import { Form, InlineControls, InlineWord, Section, Switch } from '../../../../../web/kit.ts';
import type { ProgrammeDefinition } from '../../../contract.ts';
import { ItemSelect } from '../../activities/item-field.tsx';
import styles from '../programme.module.css';
import { type Controlled, CountInput } from './inputs.tsx';

/** While it is typed, nothing may stand in a field yet. */
type Typed = { [K in keyof NonNullable<ProgrammeDefinition['autoRedeem']>]: number | null } | null;

/** Points that are exchanged without anybody asking. */
export function AutoRedeemFields() {
  const { t } = useTranslation('membership');
  return (
    <Section title={t('design.section.autoRedeem')}>
      <Form.Item name="autoRedeem" label={t('design.field.autoRedeem')} extra={t('design.field.autoRedeemHint')}><AutoRedeemField /></Form.Item>
    </Section>
  );
}

/** From how many points on, for what and how often, as a sentence. */
function AutoRedeemField({ value = null, onChange }: Controlled<Typed>) {
  const { t } = useTranslation('membership');
  return (
    <div className={styles.said}><InlineControls>
      <Switch aria-label={t('design.field.autoRedeem')} checked={value !== null} onChange={(isOn) => onChange?.(isOn ? { points: 1_000, itemNo: 0, perMonth: 1 } : null)} />
      {value && (
        <>
          <InlineWord>{t('design.field.redeemFrom')}</InlineWord>
          <CountInput label={t('design.field.redeemFrom')} unit={t('design.unit.points')} value={value.points} onChange={(points) => onChange?.({ ...value, points })} />
          <InlineWord>{t('design.field.redeemFor')}</InlineWord>
          <ItemSelect label={t('design.field.redeemFor')} value={value.itemNo || null} onChange={(itemNo) => onChange?.({ ...value, itemNo })} />
          <InlineWord>{t('design.field.redeemAtMost')}</InlineWord>
          <CountInput label={t('design.field.redeemAtMost')} min={1} max={31} unit={t('design.field.times')} placeholder={t('design.field.noLimit')} value={value.perMonth} onChange={(perMonth) => onChange?.({ ...value, perMonth })} />
        </>
      )}
    </InlineControls></div>
  );
}
