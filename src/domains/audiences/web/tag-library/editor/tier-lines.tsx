import { useTranslation } from 'react-i18next';
import { Button, Flex, InlineControls, InlineWord, Input, Typography } from '../../../../../web/kit.ts';
import { DeleteOutlined, PlusOutlined } from '../../../../../web/icons.tsx';
import { ExactInput } from '../../inputs/comparison-input.tsx';

interface TierLinesProps {
  labels: string[];
  onLabels: (labels: string[]) => void;
  /** What stands beside a label: its share in percent, or where it begins. */
  unit: 'share' | 'limit';
  /** One a tier; of limits the lowest has none. */
  values: string[];
  onValues: (values: string[]) => void;
}

const fewest = 2;
const most = 20;
const whole = 100;

/** The tiers from the lowest up, a line each. */
export function TierLines({ labels, onLabels, unit, values, onValues }: TierLinesProps) {
  const { t } = useTranslation('audiences');
  const sum = values.reduce((total, value) => total + Number(value), 0);
  const put = <T,>(list: T[], index: number, value: T): T[] => list.map((each, i) => (i === index ? value : each));
  return (
    <Flex vertical gap="small">
      {labels.map((label, index) => (
        <InlineControls key={index}>
          <Input variant="filled" aria-label={t('tags.tier.label', { no: index + 1 })} maxLength={20} value={label} status={label.trim() === '' ? 'warning' : ''} onChange={(event) => onLabels(put(labels, index, event.target.value))} />
          {unit === 'limit' && index === 0 && <InlineWord>{t('tags.tier.lowest')}</InlineWord>}
          {unit === 'limit' && index > 0 && <InlineWord>{t('tags.tier.from')}</InlineWord>}
          {(unit === 'share' || index > 0) && <ExactInput label={t(`tags.tier.${unit}Of`, { label })} value={values[index] ?? ''} onChange={(value) => onValues(put(values, index, value))} />}
          {unit === 'share' && <InlineWord>%</InlineWord>}
          <Button type="text" icon={<DeleteOutlined />} disabled={labels.length <= fewest} aria-label={t('tags.tier.remove', { label })} onClick={() => onLabels(labels.filter((_, i) => i !== index))} />
        </InlineControls>
      ))}
      <Flex gap="small" align="center">
        <Button type="dashed" icon={<PlusOutlined />} disabled={labels.length >= most} onClick={() => onLabels([...labels, ''])}>{t('tags.tier.add')}</Button>
        {unit === 'share' && sum !== whole && <Typography.Text type="warning">{t('tags.tier.notWhole', { sum })}</Typography.Text>}
      </Flex>
    </Flex>
  );
}
