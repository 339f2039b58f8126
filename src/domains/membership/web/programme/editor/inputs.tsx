import { useTranslation } from 'react-i18next';
import { Checkbox, Input, InputNumber, useSession } from '../../../../../web/kit.ts';
import type { Names, PointsRules } from '../../../contract.ts';
import styles from '../programme.module.css';

/** What a control in a form is given. */
export interface Controlled<V> {
  value?: V;
  onChange?: (value: V) => void;
}

const languages = [['zh-CN', '简体'], ['zh-TW', '繁體'], ['en', 'English']] as const;

/** A name in each language; one is enough. */
export function NamesInput({ value = {}, onChange }: Controlled<Names>) {
  return (
    <div className={styles.names}>
      {languages.map(([locale, label]) => (
        <Input key={locale} maxLength={60} prefix={<span className={styles.quiet}>{label}</span>} aria-label={label} value={value[locale] ?? ''} onChange={(event) => onChange?.({ ...value, [locale]: event.target.value })} />
      ))}
    </div>
  );
}

/** An exact amount of money, as text. */
export function MoneyInput(props: Controlled<string> & { label?: string }) {
  const { brand } = useSession();
  const { label, onChange, ...rest } = props;
  return <InputNumber<string> {...rest} aria-label={label} stringMode min="0" suffix={brand.currency} onChange={(next) => onChange?.(next ?? '')} />;
}

/** How many, in whole numbers. */
export function CountInput({ onChange, ...props }: Controlled<number | null> & { label?: string; unit?: string; min?: number; max?: number; placeholder?: string }) {
  const { label, unit, min = 0, ...rest } = props;
  return <InputNumber<number> {...rest} aria-label={label} min={min} precision={0} suffix={unit} onChange={(next) => onChange?.(next)} />;
}

const parts = ['tax', 'freight', 'couponPaid', 'pointsPaid', 'giftCardPaid'] as const;

/** What of an order's money counts beside the goods. */
export function CountsInput({ value, onChange }: Controlled<PointsRules['counts']>) {
  const { t } = useTranslation('membership');
  if (!value) return null;
  return <Checkbox.Group options={parts.map((part) => ({ value: part, label: t(`programme.says.money.${part}`) }))} value={parts.filter((part) => value[part])} onChange={(chosen) => onChange?.(Object.fromEntries(parts.map((part) => [part, chosen.includes(part)])) as PointsRules['counts'])} />;
}
