import { useTranslation } from 'react-i18next';
import { Section, Stack, Table, Typography, useFormat } from '../../../../web/kit.ts';
import type { Lifecycle } from './shown-lifecycle.ts';

/** How states are reckoned, with the brand's own figures, and what that means in days. */
export function RuleSection({ lifecycle: { rhythm, usualGaps, limits, check, examples, ignoredOrders } }: { lifecycle: Lifecycle }) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const percent = (share: number): string => format.percent(share, 1);
  const shares = { atRisk: percent(limits.atRisk), sleeping: percent(limits.sleeping), lost: percent(limits.lost) };
  const days = (count: number): string => t('lifecycle.example.days', { days: format.number(Math.round(count)) });
  const sentences = [
    t('lifecycle.rule.days', { ignored: format.number(ignoredOrders) }),
    t('lifecycle.rule.rhythm', {
      shape: format.number(rhythm.shape, 2), days: format.number(rhythm.days, 1), people: format.number(rhythm.people),
      shapeError: rhythm.shapeError === null ? '–' : format.number(rhythm.shapeError * rhythm.shape, 3),
    }),
    t('lifecycle.rule.gap', { median: format.number(Math.round(usualGaps[2])) }),
    t('lifecycle.rule.limit', shares),
    ...(check ? [t('lifecycle.rule.check', { people: format.number(check.people), atRisk: percent(check.atRisk), sleeping: percent(check.sleeping), lost: percent(check.lost) })] : []),
  ];
  const rows = examples.map((example) => ({
    ...example,
    key: `${example.purchases} ${example.everyDays}`,
    who: example.everyDays === null ? t('lifecycle.example.once') : t('lifecycle.example.times', { times: example.purchases, days: example.everyDays }),
  }));
  const column = (key: 'usualGap' | 'atRisk' | 'sleeping' | 'lost', title: string) => ({ key, title, align: 'right' as const, render: (_: unknown, row: (typeof rows)[number]) => days(row[key]) });
  return (
    <Section title={t('lifecycle.rule.title')}>
      <Stack>
        <ul>{sentences.map((sentence) => <li key={sentence}><Typography.Text type="secondary">{sentence}</Typography.Text></li>)}</ul>
        <Table
          size="small" rowKey="key" dataSource={rows} pagination={false} scroll={{ x: 520 }} title={() => t('lifecycle.example.title')}
          columns={[
            { title: t('lifecycle.example.who'), dataIndex: 'who' },
            column('usualGap', t('lifecycle.example.gap')), column('atRisk', t('lifecycle.state.at_risk')), column('sleeping', t('lifecycle.state.sleeping')), column('lost', t('lifecycle.state.lost')),
          ]}
        />
      </Stack>
    </Section>
  );
}
