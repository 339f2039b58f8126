import dayjs from 'dayjs';
import { DatePicker } from '../../../web/kit.ts';

interface DayFieldProps {
  id?: string;
  value?: string | null;
  onChange?: (day: string | null) => void;
  /** The first day that can be chosen. */
  min?: string;
  label?: string;
  isNeeded?: boolean;
}

/** A day of a form as `2026-06-18`, without a time or a place. */
export function DayField({ id, value, onChange, min, label, isNeeded = false }: DayFieldProps) {
  return (
    <DatePicker
      {...(id === undefined ? {} : { id })}
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(min === undefined ? {} : { minDate: dayjs(min) })}
      allowClear={!isNeeded}
      value={value ? dayjs(value) : null}
      onChange={(day: dayjs.Dayjs | null) => onChange?.(day ? day.format('YYYY-MM-DD') : null)}
      style={{ width: '100%', maxWidth: 240 }}
    />
  );
}
