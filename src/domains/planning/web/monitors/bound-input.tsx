import { useTranslation } from 'react-i18next';
import { Flex, SegmentedControl } from '../../../../web/kit.ts';
import type { MonitorBound } from '../../contract.ts';
import { FigureInput } from '../goals/figure-input.tsx';

const kinds = ['at_least', 'at_most', 'within'] as const;

/** Within what a figure should stay. As a field of a form it takes and gives `MonitorBound`; what is not filled in yet is an empty text. */
export function BoundInput({ value = { is: 'at_least', low: '' }, onChange, isPercent }: { value?: MonitorBound; onChange?: (bound: MonitorBound) => void; isPercent: boolean }) {
  const { t } = useTranslation('planning');
  const low = 'low' in value ? value.low : '';
  const high = 'high' in value ? value.high : '';
  const give = (is: MonitorBound['is'], figures: { low: string; high: string }): void => onChange?.(is === 'at_least' ? { is, low: figures.low } : is === 'at_most' ? { is, high: figures.high } : { is, ...figures });
  return (
    <Flex vertical gap="small">
      <SegmentedControl label={t('monitors.bound')} value={value.is} options={kinds.map((is) => ({ value: is, label: t(`monitors.boundIs.${is}`) }))} onChange={(is) => give(is, { low: low || high, high: high || low })} />
      <Flex gap="small">
        {value.is !== 'at_most' && <FigureInput label={t('monitors.low')} placeholder={t('monitors.low')} isPercent={isPercent} value={low || null} onChange={(next) => give(value.is, { low: next ?? '', high })} />}
        {value.is !== 'at_least' && <FigureInput label={t('monitors.high')} placeholder={t('monitors.high')} isPercent={isPercent} value={high || null} onChange={(next) => give(value.is, { low, high: next ?? '' })} />}
      </Flex>
    </Flex>
  );
}

/** True where every figure of it is given. */
export const isBoundGiven = (bound: MonitorBound | undefined): boolean =>
  bound !== undefined && (!('low' in bound) || bound.low !== '') && (!('high' in bound) || bound.high !== '');
