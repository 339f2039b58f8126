import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { Button, Flex, Input, MonthField } from '../../../../web/kit.ts';
import { DeleteOutlined, PlusOutlined } from '../../../../web/icons.tsx';
import type { ItemBody } from '../../contract.ts';
import { FigureInput } from './figure-input.tsx';

type Typed = ItemBody<'goal'>['typed'];

/** Figures of months that nothing in the system counts, each with where it is from. */
export function TypedInput({ value = [], onChange, thisMonth }: { value?: Typed; onChange?: (typed: Typed) => void; thisMonth: string }) {
  const { t } = useTranslation('planning');
  const change = (at: number, part: Partial<Typed[number]>): void => onChange?.(value.map((each, i) => (i === at ? { ...each, ...part } : each)));
  const next = value.length === 0 ? thisMonth : dayjs(`${value.at(-1)!.month}-01`).add(1, 'month').format('YYYY-MM');
  return (
    <Flex vertical gap="small">
      {value.map((each, at) => (
        <Flex key={at} gap={4}>
          <MonthField aria-label={t('goals.units.month')} value={each.month} onChange={(month) => change(at, { month })} style={{ flex: 'none', width: 120 }} />
          <FigureInput label={t('goals.value')} placeholder={t('goals.value')} value={each.value || null} onChange={(text) => change(at, { value: text ?? '' })} />
          <Input aria-label={t('goals.source')} placeholder={t('goals.source')} maxLength={300} value={each.source} onChange={({ target }) => change(at, { source: target.value })} />
          <Button type="text" icon={<DeleteOutlined />} aria-label={t('goals.dropTyped')} onClick={() => onChange?.(value.filter((_, i) => i !== at))} />
        </Flex>
      ))}
      <Button icon={<PlusOutlined />} onClick={() => onChange?.([...value, { month: next, value: '', source: value.at(-1)?.source ?? '' }])}>{t('goals.addTyped')}</Button>
    </Flex>
  );
}
