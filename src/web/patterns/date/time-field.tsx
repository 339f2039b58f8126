import { TimePicker } from 'antd';
import dayjs from 'dayjs';
import { timeOfDigits } from './time-of-digits.ts';

/** A time of the day by the 24-hour clock, as `HH:mm`, in every language and browser alike. */
export interface TimeFieldProps {
  id?: string;
  value?: string | undefined;
  disabled?: boolean;
  'aria-label'?: string;
  onChange?: (time: string) => void;
}

// What is typed is understood without its leading zero or colon too.
const formats = ['HH:mm', 'H:mm', 'HHmm', 'HH：mm', 'H：mm'];

export function TimeField({ value, onChange, ...rest }: TimeFieldProps) {
  const takeDigits = ({ target }: { target: EventTarget }): void => {
    const time = target instanceof HTMLInputElement ? timeOfDigits(target.value) : null;
    if (time !== null) onChange?.(time);
  };
  return (
    <TimePicker
      {...rest}
      style={{ width: 104 }}
      value={value ? dayjs(`2000-01-01T${value}`) : null}
      format={formats}
      allowClear={false}
      needConfirm={false}
      minuteStep={5}
      onBlur={takeDigits}
      onKeyDown={(event) => event.key === 'Enter' && takeDigits(event)}
      onChange={(time) => time && onChange?.(time.format('HH:mm'))}
    />
  );
}
