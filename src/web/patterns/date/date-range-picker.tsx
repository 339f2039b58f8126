import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../session/use-session.ts';
import { type DayRange, presetRange, rangePresets, todayIn } from './day-range.ts';

/** A range of the brand's days, with the usual ones at hand. */
export interface DateRangePickerProps {
  value: DayRange | null;
  onChange: (range: DayRange | null) => void;
  /** True where "all the time" is a choice. */
  clearable?: boolean;
  label?: string;
}

const dayFormat = 'YYYY-MM-DD';

export function DateRangePicker({ value, onChange, clearable = false, label }: DateRangePickerProps) {
  const { t } = useTranslation('web');
  const today = todayIn(useSession().brand.timeZone);
  const presets = rangePresets.map((preset) => {
    const { from, to } = presetRange(preset, today);
    return { label: t(`range.${preset}`), value: [dayjs(from), dayjs(to)] as [dayjs.Dayjs, dayjs.Dayjs] };
  });
  return (
    <DatePicker.RangePicker
      aria-label={label ?? t('range.label')}
      value={value && [dayjs(value.from), dayjs(value.to)]}
      presets={presets}
      allowClear={clearable}
      format={dayFormat}
      onChange={(days) => {
        const [from, to] = days ?? [];
        onChange(from && to ? { from: from.format(dayFormat), to: to.format(dayFormat) } : null);
      }}
    />
  );
}
