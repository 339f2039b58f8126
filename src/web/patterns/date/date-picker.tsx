import { DatePicker as AntdDatePicker, type DatePickerProps } from 'antd';
import type { Dayjs } from 'dayjs';
import { currentLocale } from '../../i18n/language.ts';
import { pickerFormats } from './day-formats.ts';

/** A day, a month, or a moment, shown as everywhere else and understood in all the ways people type it. */
export function DatePicker(props: DatePickerProps<Dayjs, false>) {
  const { picker, showTime } = props;
  const { day, month, moment } = pickerFormats(currentLocale());
  // Quarters and years are chosen, and written as the library does; what is typed counts when the field is left.
  const format = picker === 'month' ? month : picker === undefined || picker === 'date' ? (showTime ? moment : day) : undefined;
  return <AntdDatePicker {...(format && { format })} {...(showTime && { needConfirm: false })} {...props} />;
}
