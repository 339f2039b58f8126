import { Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from '../patterns.module.css';
import { type DayRange, presetRange, type RangePreset, rangePresets } from './day-range.ts';

/** A range on a phone: the usual ones in a list, two days in the phone's own calendar. */
export function NarrowRange({
  value,
  today,
  label,
  clearable,
  onChange,
}: {
  value: DayRange | null;
  today: string;
  label: string;
  clearable: boolean;
  onChange: (range: DayRange | null) => void;
}) {
  const { t } = useTranslation('web');
  const chosen = rangePresets.find((preset) => {
    const { from, to } = presetRange(preset, today);
    return from === value?.from && to === value.to;
  });
  const change = (part: Partial<DayRange>): void => {
    const from = part.from ?? value?.from ?? part.to;
    const to = part.to ?? value?.to ?? part.from;
    if (from && to) onChange(from <= to ? { from, to } : { from: to, to: from });
  };
  return (
    <div role="group" aria-label={label} className={styles.narrowRange}>
      <Select<RangePreset | null>
        aria-label={label}
        placeholder={t('range.custom')}
        value={chosen ?? null}
        allowClear={clearable}
        options={rangePresets.map((preset) => ({ value: preset, label: t(`range.${preset}`) }))}
        onChange={(preset) => onChange(preset ? presetRange(preset, today) : null)}
      />
      <Input
        type="date"
        aria-label={t('range.from')}
        value={value?.from ?? ''}
        onChange={(event) => change({ from: event.target.value })}
      />
      <Input
        type="date"
        aria-label={t('range.to')}
        value={value?.to ?? ''}
        onChange={(event) => change({ to: event.target.value })}
      />
    </div>
  );
}
