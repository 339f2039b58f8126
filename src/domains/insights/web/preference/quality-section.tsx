import { useTranslation } from 'react-i18next';
import { Section, Stack, Table, Typography, useFormat } from '../../../../web/kit.ts';
import type { PreferenceResult } from '../../contract.ts';

/** How well preferences foretell what is bought next, beside the simple way, and how they are reckoned. */
export function QualitySection({ result: { quality, learntFrom } }: { result: PreferenceResult }) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const pair = (model: number, baseline: number, digits = 1): string => t('preference.quality.pair', { model: format.percent(model, digits), baseline: format.percent(baseline, digits) });
  return (
    <Section title={t('preference.quality.title')}>
      <Stack>
        <Typography.Text type="secondary">{t('preference.quality.explained')}</Typography.Text>
        <Table
          size="small" rowKey="dimension" dataSource={quality} pagination={false} scroll={{ x: 560 }} locale={{ emptyText: t('preference.quality.none') }}
          columns={[
            { title: t('preference.quality.dimension'), render: (_, row) => t(`preference.dimension.${row.dimension}`) },
            { title: t('preference.quality.people'), align: 'right', render: (_, row) => format.number(row.people) },
            { title: t('preference.quality.hit1'), align: 'right', render: (_, { model, baseline }) => pair(model.hit1, baseline.hit1) },
            { title: t('preference.quality.hit3'), align: 'right', render: (_, { model, baseline }) => pair(model.hit3, baseline.hit3) },
            { title: t('preference.quality.mrr'), align: 'right', render: (_, { model, baseline }) => t('preference.quality.pair', { model: format.number(model.mrr, 3), baseline: format.number(baseline.mrr, 3) }) },
          ]}
        />
        <Typography.Paragraph type="secondary">{t('preference.quality.formula', { shown: format.number(learntFrom) })}</Typography.Paragraph>
      </Stack>
    </Section>
  );
}
