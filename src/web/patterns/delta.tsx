import { useTranslation } from 'react-i18next';
import { ArrowDownOutlined, ArrowUpOutlined } from '../icons.tsx';
import { useFormat } from '../i18n/use-format.ts';
import { changeOf } from './change.ts';
import styles from './patterns.module.css';

/** What a value did against the period before, in words, an arrow and a colour. */
export interface DeltaProps {
  value: number;
  previous: number;
  /** Whether more is good (sales), bad (refunds), or neither. */
  more?: 'good' | 'bad' | 'neutral';
  /** What the value before is of; the period before unless said. */
  than?: 'before' | 'lastYear';
}

export function Delta({ value, previous, more = 'good', than = 'before' }: DeltaProps) {
  const { t } = useTranslation('web');
  const format = useFormat();
  const { direction, ratio } = changeOf(value, previous);
  const isGood = direction === 'same' || more === 'neutral' ? null : (direction !== 'down') === (more === 'good');
  const tone = isGood === null ? styles.secondary : isGood ? styles.good : styles.bad;
  return (
    <span className={tone}>
      {direction === 'up' && <ArrowUpOutlined aria-hidden />}
      {direction === 'down' && <ArrowDownOutlined aria-hidden />}{' '}
      {t(`${than === 'before' ? 'change' : 'changeOfYear'}.${direction}`, { ratio: format.percent(Math.abs(ratio ?? 0)) })}
    </span>
  );
}
