import { Flex, Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../session/use-session.ts';
import { TimeField } from './time-field.tsx';
import { weekdayName } from './weekday-name.ts';

const days = Array.from({ length: 31 }, (_, at) => at + 1);
const part = { flex: '1 1 140px' };

/** How often, and at which time of the brand's day: fields `every`, `weekday`, `monthDay` and `timeName` of the form they stand in. */
export function RhythmFields({ timeName }: { timeName: string }) {
  const { t } = useTranslation('web');
  const { brand } = useSession();
  const every = Form.useWatch<string | undefined>('every') ?? 'week';
  return (
    <Flex gap="small" wrap>
      <Form.Item name="every" label={t('rhythm.every')} style={part}><Select options={(['day', 'week', 'month'] as const).map((value) => ({ value, label: t(`rhythm.everyOf.${value}`) }))} /></Form.Item>
      {every === 'week' && <Form.Item name="weekday" label={t('rhythm.weekday')} style={part}><Select options={days.slice(0, 7).map((value) => ({ value, label: weekdayName(value) }))} /></Form.Item>}
      {every === 'month' && (
        <Form.Item name="monthDay" label={t('rhythm.monthDay')} extra={t('rhythm.monthDayHint')} style={part}>
          <Select options={[...days.map((day) => ({ value: String(day), label: t('rhythm.dayOf', { day }) })), { value: 'last', label: t('rhythm.lastDay') }]} />
        </Form.Item>
      )}
      <Form.Item name={timeName} label={t('rhythm.time')} extra={t('rhythm.zone', { zone: brand.timeZone })} style={part} rules={[{ required: true, message: t('rhythm.needed') }]}><TimeField /></Form.Item>
    </Flex>
  );
}
