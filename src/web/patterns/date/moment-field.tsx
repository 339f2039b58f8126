import dayjs from 'dayjs';
import { useSession } from '../../session/use-session.ts';
import { DatePicker } from './date-picker.tsx';
import { momentAt, wallOf } from '../../../kernel/wall-clock.ts';

/** A moment as ISO 8601, shown and typed by the clock of the brand, whatever clock the reader's own machine has. */
export interface MomentFieldProps {
  id?: string;
  value?: string | null;
  'aria-label'?: string;
  onChange?: (moment: string | null) => void;
}

export function MomentField({ value, onChange, ...rest }: MomentFieldProps) {
  const { timeZone } = useSession().brand;
  return <DatePicker {...rest} showTime={{ format: 'HH:mm' }} value={value ? dayjs(wallOf(value, timeZone)) : null} onChange={(wall) => onChange?.(wall && momentAt(wall, timeZone))} />;
}
