import { useTranslation } from 'react-i18next';
import type { Rule } from '../../../audiences/contract.ts';
import { type HeatCell, HeatMatrix, Section, Stack, Typography, useFormat } from '../../../../web/kit.ts';
import type { PreferenceResult } from '../../contract.ts';
import { both, prefers } from './rules.ts';
import { useValueText } from './use-value-text.ts';

const days = Array.from({ length: 7 }, (_, i) => `day${i + 1}`);
const hours = Array.from({ length: 24 }, (_, i) => `hour${i}`);

/** When people buy: hour by weekday, by what each of them does more often than everybody. */
export function WeekSection({ result: { week }, onPeople }: { result: PreferenceResult; onPeople: (rule: Rule) => void }) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const text = useValueText();
  const most = Math.max(1, ...week.map(({ people }) => people));
  const cellOf = (day: string, hour: string): HeatCell | null => {
    const found = week.find((cell) => `day${cell.weekday}` === day && `hour${cell.hour}` === hour);
    if (!found) return null;
    return {
      heat: found.people / most, text: format.compact(found.people),
      label: t('preference.week.cell', { day: text('weekday', day), hour: text('hour', hour), count: found.people, shown: format.number(found.people), index: format.number(Math.round(found.index)) }),
    };
  };
  return (
    <Section title={t('preference.week.title')}>
      <Stack>
        <Typography.Text type="secondary">{t('preference.week.explained')}</Typography.Text>
        <HeatMatrix
          caption={t('preference.week.caption')}
          rows={days.map((key) => ({ key, label: t(`preference.week.short.${key}`) }))}
          columns={hours.map((key) => ({ key, label: key.slice('hour'.length) }))}
          cellOf={cellOf}
          onPick={(day, hour) => onPeople(both(prefers('weekday', day), prefers('hour', hour)))}
        />
      </Stack>
    </Section>
  );
}
