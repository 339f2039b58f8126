import { useTranslation } from 'react-i18next';
import { Flex, Form, Select, weekdayName } from '../../../../web/kit.ts';
import { dayRuleKinds } from '../../contract.ts';
import type { ActivityDraft } from './activity-draft.ts';

const weekdays = Array.from({ length: 7 }, (_, at) => at + 1);

/** On which days an activity is. */
export function DayFields({ draft: { on } }: { draft: ActivityDraft }) {
  const { t } = useTranslation('membership');
  const needed = [{ required: true, message: t('mall.needed') }];
  const lists = weekdays.map((value) => ({ value, label: weekdayName(value) }));
  const typed = (name: 'yearDays' | 'dates', pattern: RegExp, hint: string) => (
    <Form.Item name={name} label={t('activities.days')} extra={hint} rules={[...needed, { validator: (_, value: string[] = []) => (value.every((day) => pattern.test(day)) ? Promise.resolve() : Promise.reject(new Error(hint))) }]}>
      <Select mode="tags" tokenSeparators={[',', '，', ' ']} open={false} suffixIcon={null} />
    </Form.Item>
  );
  return (
    <>
      <Form.Item name="on" label={t('activities.rule')}><Select options={dayRuleKinds.map((value) => ({ value, label: t(`activities.rules.${value}`) }))} /></Form.Item>
      {on === 'month_days' && (
        <Form.Item name="monthDays" label={t('activities.days')} rules={needed}>
          <Select mode="multiple" options={[...Array.from({ length: 31 }, (_, at) => ({ value: String(at + 1), label: t('activities.sentence.monthDay', { day: at + 1 }) })), { value: 'last', label: t('activities.sentence.lastDay') }]} />
        </Form.Item>
      )}
      {on === 'weekdays' && <Form.Item name="weekdays" label={t('activities.days')} rules={needed}><Select mode="multiple" options={lists} /></Form.Item>}
      {on === 'nth_weekday' && (
        <Flex gap="middle" wrap>
          <Form.Item name="nth" label={t('activities.nth')}><Select style={{ width: 140 }} options={['1', '2', '3', '4', 'last'].map((value) => ({ value, label: t(`activities.nths.${value}`) }))} /></Form.Item>
          <Form.Item name="weekday" label={t('activities.weekday')}><Select style={{ width: 160 }} options={lists} /></Form.Item>
        </Flex>
      )}
      {on === 'year_days' && typed('yearDays', /^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, t('activities.yearDaysHint'))}
      {on === 'dates' && typed('dates', /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, t('activities.datesHint'))}
    </>
  );
}
