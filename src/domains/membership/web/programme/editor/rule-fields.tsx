import { useTranslation } from 'react-i18next';
import { Form, Section, Select } from '../../../../../web/kit.ts';
import type { ProgrammeDefinition } from '../../../contract.ts';
import styles from '../programme.module.css';
import { CountInput, CountsInput } from './inputs.tsx';
import { RateFields } from './rate-fields.tsx';

const choices = {
  drop: ['one_level', 'recompute', 'none'],
  refunds: ['at_once', 'at_review', 'never'],
  review: ['by_itself', 'approved'],
  intermediateGifts: ['all', 'final'],
  giftsOnRefund: ['keep', 'take_back'],
} as const;
const clocks = ['tier_start', 'join_anniversary', 'calendar', 'rolling'] as const;
const kinds = ['sign_in', 'task'] as const;

/** What makes members rise. */
export function GrowthFields() {
  const { t } = useTranslation('membership');
  const unit = t('design.unit.growth');
  return (
    <Section title={t('design.section.growth')}>
      <Form.Item label={t('design.field.perMoney')}><RateFields path={['growth', 'perMoney']} unit={unit} /></Form.Item>
      <div className={styles.fields}>
        <Form.Item name={['growth', 'perOrder']} label={t('design.field.perOrder')}><CountInput unit={unit} /></Form.Item>
        {kinds.map((kind) => <Form.Item key={kind} name={['growth', 'activities', kind]} label={t(`design.field.activity.${kind}`)}><CountInput unit={unit} placeholder="–" /></Form.Item>)}
      </div>
      <Form.Item name={['growth', 'counts']} label={t('design.field.counts')}><CountsInput /></Form.Item>
    </Section>
  );
}

/** When tiers are looked at again, and what happens then. */
export function CycleFields({ definition: { tierRules: { clock } } }: { definition: ProgrammeDefinition }) {
  const { t } = useTranslation('membership');
  return (
    <Section title={t('design.section.cycle')}>
      <div className={styles.fields}>
        <Form.Item name={['tierRules', 'clock', 'kind']} label={t('design.field.clock')}><Select options={clocks.map((value) => ({ value, label: t(`design.clock.${value}`) }))} /></Form.Item>
        <Form.Item name={['tierRules', 'clock', 'months']} label={t(`design.field.months_${clock.kind === 'rolling' ? 'window' : 'cycle'}`)}><CountInput min={1} unit={t('design.unit.months')} /></Form.Item>
        {clock.kind === 'calendar' && <Form.Item name={['tierRules', 'clock', 'startMonth']} label={t('design.field.startMonth')}><CountInput min={1} max={12} unit={t('design.unit.month')} /></Form.Item>}
        <Form.Item name={['tierRules', 'graceDays']} label={t('design.field.graceDays')}><CountInput unit={t('design.unit.days')} /></Form.Item>
        <Form.Item name={['tierRules', 'minimumDays']} label={t('design.field.minimumDays')}><CountInput unit={t('design.unit.days')} /></Form.Item>
        {Object.entries(choices).map(([rule, values]) => (
          <Form.Item key={rule} name={['tierRules', rule]} label={t(`design.field.${rule}`)}><Select options={values.map((value) => ({ value, label: t(`design.${rule}.${value}`) }))} /></Form.Item>
        ))}
      </div>
    </Section>
  );
}

/** Where those go whose tier the version before had and this one has not. */
export function RemovedTierFields({ definition, gone }: { definition: ProgrammeDefinition; gone: readonly { key: string; name: string; people: number }[] }) {
  const { t } = useTranslation('membership');
  if (gone.length === 0) return null;
  return (
    <Section title={t('design.section.removed')}>
      {gone.map(({ key, name, people }) => (
        <Form.Item key={key} name={['removedTiers', key]} label={t('design.field.goTo', { name, count: people })}>
          <Select options={definition.tiers.map((tier) => ({ value: tier.key, label: Object.values(tier.names)[0] ?? tier.key }))} />
        </Form.Item>
      ))}
    </Section>
  );
}
