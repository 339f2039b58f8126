import { InputNumber } from '../../../../web/kit.ts';

export interface FigureInputProps {
  value?: string | null;
  onChange?: (value: string | null) => void;
  /** Typed as per cent, kept as a share of one. */
  isPercent?: boolean;
  id?: string;
  label?: string;
  placeholder?: string;
}

/** Moves the decimal point two places, in text: floats would leave their traces in what is kept. */
function shifted(text: string, by: 2 | -2): string {
  const [whole, fraction = ''] = text.replace('-', '').split('.');
  const digits = by === 2 ? `${whole}${fraction.padEnd(2, '0').slice(0, 2)}.${fraction.slice(2)}` : `${whole.padStart(3, '0').slice(0, -2)}.${whole.padStart(3, '0').slice(-2)}${fraction}`;
  const [left, right = ''] = digits.split('.');
  const trimmed = right.replace(/0+$/, '');
  return `${text.startsWith('-') ? '-' : ''}${left.replace(/^0+(?=\d)/, '')}${trimmed ? `.${trimmed}` : ''}`;
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
