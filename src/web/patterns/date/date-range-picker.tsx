import { DatePicker, Grid } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { currentLocale } from '../../i18n/language.ts';
import { useSession } from '../../session/use-session.ts';
import { pickerFormats } from './day-formats.ts';
import { type DayRange, presetRange, rangePresets, todayIn } from './day-range.ts';
import { NarrowRange } from './narrow-range.tsx';

/** A range of the brand's days, with the usual ones at hand. */
export interface DateRangePickerProps {
  value: DayRange | null;
  onChange: (range: DayRange | null) => void;
  /** True where "all the time" is a choice. */
  clearable?: boolean;
  label?: string;
}

const dayFormat = 'YYYY-MM-DD';
const asDays = ({ from, to }: DayRange): [Dayjs, Dayjs] => [dayjs(from), dayjs(to)];

export function DateRangePicker({ value, onChange, clearable = false, label }: DateRangePickerProps) {
  const { t } = useTranslation('web');
  const today = todayIn(useSession().brand.timeZone);
  const isNarrow = Grid.useBreakpoint().sm === false;
  const name = label ?? t('range.label');
  if (isNarrow)
    return <NarrowRange value={value} today={today} label={name} clearable={clearable} onChange={onChange} />;
  return (
    <DatePicker.RangePicker
      aria-label={name}
      value={value && asDays(value)}
      presets={rangePresets.map((preset) => ({
        label: t(`range.${preset}`),
        value: asDays(presetRange(preset, today)),
      }))}
      allowClear={clearable}
      // Without it the library holds the focus in a field that is left empty, and Tab leads nowhere.
      allowEmpty={[true, true]}
      format={pickerFormats(currentLocale()).day}
      onChange={(days) => {
        const [from, to] = days ?? [];
        onChange(from && to ? { from: from.format(dayFormat), to: to.format(dayFormat) } : null);
      }}
    />
  );
}
