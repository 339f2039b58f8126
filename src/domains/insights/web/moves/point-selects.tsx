import { useTranslation } from 'react-i18next';
import { Flex, Select, Typography, useFormat } from '../../../../web/kit.ts';

interface PointSelectsProps {
  /** Days, the oldest first. */
  days: readonly string[];
  from: string;
  to: string;
  onChange: (points: { from: string; to: string }) => void;
}

/** Two ends of months or weeks between which moves are counted; the first is before the second. */
export function PointSelects({ days, from, to, onChange }: PointSelectsProps) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const options = (of: readonly string[]) => of.map((day) => ({ value: day, label: format.date(day) })).toReversed();
  return (
    <Flex gap="small" align="center" wrap>
      <Select aria-label={t('moves.from')} value={from} options={options(days.filter((day) => day < to))} onChange={(day) => onChange({ from: day, to })} />
      <Typography.Text type="secondary">{t('moves.until')}</Typography.Text>
      <Select aria-label={t('moves.to')} value={to} options={options(days.filter((day) => day > from))} onChange={(day) => onChange({ from, to: day })} />
    </Flex>
  );
}
