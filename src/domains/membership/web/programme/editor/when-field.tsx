import { useTranslation } from 'react-i18next';
import { currentLocale, InlineControls, Select } from '../../../../../web/kit.ts';
import { type Multiplier, nameIn, type Tier } from '../../../contract.ts';
import { CatalogueSelect } from '../../catalogue-select.tsx';
import styles from '../programme.module.css';
import type { Controlled } from './inputs.tsx';

type When = Multiplier['when'];
type Choice = Exclude<When['kind'], 'member_day'> | 'month_day' | 'weekday' | 'date';

const begun: Record<Choice, When> = {
  tier: { kind: 'tier', tiers: [] }, product: { kind: 'product', products: [] }, category: { kind: 'category', categories: [] }, channel: { kind: 'channel', channels: [] },
  birthday: { kind: 'birthday', span: 'month' },
  month_day: { kind: 'member_day', days: { by: 'month_day', monthDays: [18] } }, weekday: { kind: 'member_day', days: { by: 'weekday', weekdays: [3] } }, date: { kind: 'member_day', days: { by: 'date', dates: [] } },
};
const choices = Object.keys(begun) as Choice[];
const choiceOf = (when: When): Choice => (when.kind === 'member_day' ? when.days.by : when.kind);

/** For what a multiplier holds. */
export function WhenField({ value = begun.birthday, onChange, tiers, channels }: Controlled<When> & { tiers: readonly Tier[]; channels: readonly string[] }) {
  const { t } = useTranslation('membership');
  const weekday = (day: number): string => new Intl.DateTimeFormat(currentLocale(), { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2026, 5, day));
  const many = <V extends string | number>(chosen: V[], set: (next: V[]) => void, options: { value: V; label?: string }[], isFree = false) => (
    <Select<V[]> mode={isFree ? 'tags' : 'multiple'} aria-label={t('design.field.which')} placeholder={t('design.field.which')} value={chosen} options={options} onChange={set} />
  );
  const detail = () => {
    switch (value.kind) {
      case 'tier': return many(value.tiers, (next) => onChange?.({ ...value, tiers: next }), tiers.map((tier) => ({ value: tier.key, label: nameIn(tier.names, currentLocale()) || tier.key })));
      case 'product': return <CatalogueSelect of="products" label={t('design.field.which')} value={value.products} onChange={(products) => onChange?.({ ...value, products })} />;
      case 'category': return <CatalogueSelect of="categories" label={t('design.field.which')} value={value.categories} onChange={(categories) => onChange?.({ ...value, categories })} />;
      case 'channel': return many(value.channels, (next) => onChange?.({ ...value, channels: next }), channels.map((each) => ({ value: each })), true);
      case 'birthday': return <Select aria-label={t('design.field.which')} value={value.span} options={(['day', 'week', 'month'] as const).map((span) => ({ value: span, label: t(`design.span.${span}`) }))} onChange={(span) => onChange?.({ ...value, span })} />;
      case 'member_day': {
        const { days } = value;
        const set = (next: typeof days): void => onChange?.({ ...value, days: next });
        if (days.by === 'month_day') return many(days.monthDays, (next) => set({ ...days, monthDays: next }), Array.from({ length: 31 }, (_, at) => ({ value: at + 1 })));
        if (days.by === 'weekday') return many(days.weekdays, (next) => set({ ...days, weekdays: next }), [1, 2, 3, 4, 5, 6, 7].map((day) => ({ value: day, label: weekday(day) })));
        return many(days.dates, (next) => set({ ...days, dates: next }), [], true);
      }
    }
  };
  return (
    <div className={styles.said}><InlineControls>
      <Select aria-label={t('design.field.when')} popupMatchSelectWidth={false} value={choiceOf(value)} options={choices.map((each) => ({ value: each, label: t(`design.when.${each}`) }))} onChange={(next: Choice) => onChange?.(begun[next])} />
      {detail()}
    </InlineControls></div>
  );
}
