import { InputNumber } from '../../../../web/kit.ts';
import { shifted } from './shifted.ts';

export interface FigureInputProps {
  value?: string | null;
  onChange?: (value: string | null) => void;
  /** Typed as per cent, kept as a share of one. */
  isPercent?: boolean;
  id?: string;
  label?: string;
  placeholder?: string;
}

/** An exact figure in a form, as plain text. */
export function FigureInput({ value, onChange, isPercent = false, id, label, placeholder }: FigureInputProps) {
  const shown = value && isPercent ? shifted(value, 2) : value;
  return (
    <InputNumber<string>
      id={id} stringMode controls={false} aria-label={label} placeholder={placeholder} suffix={isPercent ? '%' : undefined} style={{ width: '100%' }} value={shown ?? null}
      onChange={(next) => onChange?.(next === null || next === '' ? null : isPercent ? shifted(String(next), -2) : String(next))}
    />
  );
}
