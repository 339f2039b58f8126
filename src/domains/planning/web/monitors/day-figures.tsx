import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { Button, DatePicker, Flex, Input } from '../../../../web/kit.ts';
import { DeleteOutlined, PlusOutlined } from '../../../../web/icons.tsx';
import type { ItemBody } from '../../contract.ts';
import { FigureInput } from '../goals/figure-input.tsx';

type Typed = ItemBody<'monitor'>['typed'];

/** Figures that nothing in the system counts, each for the period its day is in, with where it is from; the newest first. */
export function DayFigures({ value = [], onChange, today }: { value?: Typed; onChange?: (typed: Typed) => void; today: string }) {
  const { t } = useTranslation('planning');
  const change = (at: number, part: Partial<Typed[number]>): void => onChange?.(value.map((each, i) => (i === at ? { ...each, ...part } : each)));
  return (
    <Flex vertical gap="small">
      <Button icon={<PlusOutlined />} onClick={() => onChange?.([{ day: today, value: '', source: value[0]?.source ?? '' }, ...value])}>{t('monitors.addTyped')}</Button>
      {value.map((each, at) => (
        <Flex key={at} gap={4}>
          <DatePicker aria-label={t('monitors.day')} allowClear={false} value={dayjs(each.day)} onChange={(day) => day && change(at, { day: day.format('YYYY-MM-DD') })} style={{ flex: 'none', width: 130 }} />
          <FigureInput label={t('monitors.value')} placeholder={t('monitors.value')} value={each.value || null} onChange={(text) => change(at, { value: text ?? '' })} />
          <Input aria-label={t('monitors.source')} placeholder={t('monitors.source')} maxLength={300} value={each.source} onChange={({ target }) => change(at, { source: target.value })} />
          <Button type="text" icon={<DeleteOutlined />} aria-label={t('monitors.dropTyped')} onClick={() => onChange?.(value.filter((_, i) => i !== at))} />
        </Flex>
      ))}
    </Flex>
  );
}
