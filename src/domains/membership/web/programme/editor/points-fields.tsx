import { useTranslation } from 'react-i18next';
import { Button, Form, InlineControls, InlineWord, Section, Select, Stack } from '../../../../../web/kit.ts';
import { DeleteOutlined, PlusOutlined } from '../../../../../web/icons.tsx';
import styles from '../programme.module.css';
import { ExpiryField } from './expiry-field.tsx';
import { CountInput, CountsInput, MoneyInput } from './inputs.tsx';
import { RateFields } from './rate-fields.tsx';

const choices = { rounding: ['down', 'half_up', 'up'], takeBack: ['only_pending', 'within_balance', 'debt'] } as const;

/** What points are given for. */
export function EarningFields() {
  const { t } = useTranslation('membership');
  const unit = t('design.unit.points');
  return (
    <Section title={t('design.section.earning')}>
      <Form.Item label={t('design.field.rate')}><RateFields path={['points', 'rate']} unit={unit} /></Form.Item>
      <Form.Item name={['points', 'counts']} label={t('design.field.counts')}><CountsInput /></Form.Item>
      <Form.Item label={t('design.field.thresholds')}><Thresholds /></Form.Item>
      <div className={styles.fields}>
        {(['perOrder', 'perDay', 'perMonth'] as const).map((per) => <Form.Item key={per} name={['points', 'caps', per]} label={t(`design.field.cap.${per}`)}><CountInput unit={unit} placeholder={t('design.field.noLimit')} /></Form.Item>)}
        <Form.Item name={['points', 'rounding']} label={t('design.field.rounding')}><Select options={choices.rounding.map((value) => ({ value, label: t(`design.rounding.${value}`) }))} /></Form.Item>
      </div>
    </Section>
  );
}

function Thresholds() {
  const { t } = useTranslation('membership');
  return (
    <Form.List name={['points', 'thresholds']}>
      {(fields, { add, remove }) => (
        <Stack>
          {fields.map(({ key, name }) => (
            <Form.Item key={key} noStyle>
              <InlineControls>
                <InlineWord>{t('design.field.from')}</InlineWord>
                <Form.Item name={[name, 'from']} noStyle><MoneyInput label={t('design.field.from')} /></Form.Item>
                <InlineWord>{t('design.field.givesMore')}</InlineWord>
                <Form.Item name={[name, 'points']} noStyle><CountInput label={t('design.unit.points')} unit={t('design.unit.points')} /></Form.Item>
                <Button type="text" icon={<DeleteOutlined />} aria-label={t('design.field.removeThreshold')} onClick={() => remove(name)} />
              </InlineControls>
            </Form.Item>
          ))}
          <div><Button size="small" icon={<PlusOutlined />} disabled={fields.length >= 20} onClick={() => add({ from: '', points: 100 })}>{t('design.field.addThreshold')}</Button></div>
        </Stack>
      )}
    </Form.List>
  );
}

/** How long points are good for, what they pay, and what a return does to them. */
export function UseFields() {
  const { t } = useTranslation('membership');
  return (
    <Section title={t('design.section.use')}>
      <Form.Item name={['points', 'expiry']} label={t('design.field.expiry')}><ExpiryField /></Form.Item>
      <div className={styles.fields}>
        <Form.Item name={['points', 'pendingDays']} label={t('design.field.pendingDays')} extra={t('design.field.pendingHint')}><CountInput unit={t('design.unit.days')} /></Form.Item>
        <Form.Item name={['points', 'reinstatementDays']} label={t('design.field.reinstatementDays')}><CountInput unit={t('design.unit.days')} /></Form.Item>
        <Form.Item name={['points', 'worth']} label={t('design.field.worth')}><MoneyInput /></Form.Item>
        <Form.Item name={['points', 'mostOfBill']} label={t('design.field.mostOfBill')}><CountInput max={100} unit="%" /></Form.Item>
        <Form.Item name={['points', 'takeBack']} label={t('design.field.takeBack')}><Select options={choices.takeBack.map((value) => ({ value, label: t(`design.takeBack.${value}`) }))} /></Form.Item>
      </div>
    </Section>
  );
}
