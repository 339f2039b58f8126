import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Section, Stack, Typography } from '../../../../web/kit.ts';
import { question, type QuestionPeriod } from '../../../insights/contract.ts';
import { AnswerPanel } from '../../../insights/web/ask/answer-panel.tsx';
import { PeriodChoice } from '../../../insights/web/ask/period-choice.tsx';

const shown = ['active', 'sales', 'salesShare', 'cost', 'costRate', 'pointsIssued', 'pointsSpent', 'pointsExpired'].map((name) => `membership.${name}`);
const long = ['last365', 'thisYear', 'lastYear', 'last90', 'thisQuarter', 'lastQuarter'];

/** What the programme cost in a period beside what members bought; every number opens to its people. */
export function ValueSection() {
  const { t } = useTranslation('membership');
  const [period, setPeriod] = useState<QuestionPeriod>({ relative: 'last30' });
  const { sums, trend } = useMemo(() => {
    const isLong = 'relative' in period ? long.includes(period.relative) : Date.parse(period.to) - Date.parse(period.from) > 100 * 86_400_000;
    return {
      sums: question.parse({ metrics: shown, period, compare: 'before' }),
      trend: question.parse({ metrics: ['membership.cost', ...shown.filter((name) => name !== 'membership.cost')], dimensions: [isLong ? 'month' : 'day'], period }),
    };
  }, [period]);
  return (
    <Section title={t('overview.value')} extra={<PeriodChoice value={period} onChange={setPeriod} />}>
      <Stack>
        <AnswerPanel question={sums} view="table" title={t('overview.value')} />
        <AnswerPanel question={trend} view="line" title={t('overview.valueTrend')} isCard />
        <Typography.Text type="secondary">{t('overview.valueHint')}</Typography.Text>
      </Stack>
    </Section>
  );
}
