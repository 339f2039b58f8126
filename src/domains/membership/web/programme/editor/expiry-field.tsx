import { useTranslation } from 'react-i18next';
import { InlineControls, InlineWord, Select } from '../../../../../web/kit.ts';
import type { PointsRules } from '../../../contract.ts';
import styles from '../programme.module.css';
import { type Controlled, CountInput } from './inputs.tsx';

type Expiry = PointsRules['expiry'];

const begun: Record<Expiry['kind'], Expiry> = {
  never: { kind: 'never' },
  duration: { kind: 'duration', months: 12, roundTo: 'month' },
  fixed_date: { kind: 'fixed_date', month: 12, day: 31, afterMonths: 6 },
  end_of_period: { kind: 'end_of_period', period: 'year', periods: 1 },
  inactivity: { kind: 'inactivity', months: 12 },
};
const kinds = Object.keys(begun) as Expiry['kind'][];
const roundings = ['day', 'month', 'quarter', 'year'] as const;
const periods = ['month', 'quarter', 'year'] as const;

/** When points end, as a sentence. */
export function ExpiryField({ value = begun.never, onChange }: Controlled<Expiry>) {
  const { t } = useTranslation('membership');
  const set = (change: object): void => onChange?.({ ...value, ...change } as Expiry);
  return (
    <div className={styles.said}><InlineControls>
      <Select aria-label={t('design.field.expiry')} popupMatchSelectWidth={false} value={value.kind} options={kinds.map((kind) => ({ value: kind, label: t(`design.expiry.${kind}`) }))} onChange={(kind: Expiry['kind']) => onChange?.(begun[kind])} />
      {(value.kind === 'duration' || value.kind === 'inactivity') && <CountInput label={t('design.unit.months')} min={1} unit={t('design.unit.months')} value={value.months} onChange={(months) => set({ months })} />}
      {value.kind === 'duration' && <Select aria-label={t('design.field.roundTo')} popupMatchSelectWidth={false} value={value.roundTo} options={roundings.map((each) => ({ value: each, label: t(`design.roundTo.${each}`) }))} onChange={(roundTo: string) => set({ roundTo })} />}
      {value.kind === 'fixed_date' && (
        <>
          <CountInput label={t('design.unit.month')} min={1} max={12} unit={t('design.unit.month')} value={value.month} onChange={(month) => set({ month })} />
          <CountInput label={t('design.unit.day')} min={1} max={31} unit={t('design.unit.day')} value={value.day} onChange={(day) => set({ day })} />
          <InlineWord>{t('design.field.afterMonths')}</InlineWord>
          <CountInput label={t('design.field.afterMonths')} unit={t('design.unit.months')} value={value.afterMonths} onChange={(afterMonths) => set({ afterMonths })} />
        </>
      )}
      {value.kind === 'end_of_period' && (
        <>
          <Select aria-label={t('design.field.period')} popupMatchSelectWidth={false} value={value.period} options={periods.map((each) => ({ value: each, label: t(`design.period.${each}`) }))} onChange={(period: string) => set({ period })} />
          <InlineWord>{t('design.field.later')}</InlineWord>
          <CountInput label={t('design.field.later')} value={value.periods} onChange={(count) => set({ periods: count })} />
        </>
      )}
    </InlineControls></div>
  );
}
