import { useTranslation } from 'react-i18next';
import { Link, Remark, Section, Stack, Table, useFormat, useMay } from '../../../../web/kit.ts';
import type { ReviewScore } from '../../contract.ts';

/** Frozen scores of people who worked for a project, for whoever may see them. */
export function ReviewScores({ scores }: { scores: ReviewScore[] }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const seesPeople = useMay('planning.people');
  if (scores.length === 0 && !seesPeople) return null;
  return (
    <Section title={t('reviews.scores')}>
      <Stack>
        <Remark>{t(scores.length === 0 ? 'reviews.scoresNone' : seesPeople ? 'reviews.scoresHint' : 'reviews.scoresOwn')}</Remark>
        {scores.length > 0 && (
          <Table
            rowKey={({ cardNo }) => cardNo} size="small" pagination={scores.length > 20 ? { pageSize: 20, showSizeChanger: false } : false} dataSource={scores} scroll={{ x: 'max-content' }}
            columns={[
              { key: 'name', title: t('kpi.person'), render: (_, { cardNo, name }) => <Link to={`/plan/kpi/${cardNo}`}>{name}</Link> },
              { key: 'position', title: t('kpi.position'), render: (_, { position }) => position || '–' },
              { key: 'days', title: t('kpi.days'), render: (_, { from, until }) => `${format.date(from)} – ${format.date(until)}` },
              { key: 'total', title: t('kpi.total'), align: 'end', render: (_, { total }) => (total === null ? t('kpi.notApplicable') : format.number(Number(total))) },
              { key: 'frozen', title: t('kpi.frozen'), render: (_, { frozenAt, frozenBy }) => `${format.date(frozenAt)} · ${frozenBy}` },
            ]}
          />
        )}
      </Stack>
    </Section>
  );
}
