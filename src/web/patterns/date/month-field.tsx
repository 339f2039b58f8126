import dayjs from 'dayjs';
import type { CSSProperties } from 'react';
import { DatePicker } from './date-picker.tsx';

/** A month as `YYYY-MM`. */
export interface MonthFieldProps {
  id?: string;
  value?: string | undefined;
  'aria-label'?: string;
  style?: CSSProperties;
  onChange?: (month: string) => void;
}

export function MonthField({ value, onChange, ...rest }: MonthFieldProps) {
  return <DatePicker {...rest} picker="month" allowClear={false} value={value ? dayjs(`${value}-01`) : null} onChange={(day) => day && onChange?.(day.format('YYYY-MM'))} />;
}
