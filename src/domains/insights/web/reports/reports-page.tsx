import { useTranslation } from 'react-i18next';
import { Button, type Column, DataTable, EmptyState, Flex, Link, PageHeader, type RowOf, Section, Stack, useEndpoint, useFormat, useNavigateTo } from '../../../../web/kit.ts';
import { listReports, type Question, readDefinitions, readTemplates } from '../../contract.ts';
import { SharedTag } from './kept-settings.tsx';

type Row = RowOf<typeof listReports>;

/** Reports that were saved, and templates to begin with. */
export default function ReportsPage() {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const navigate = useNavigateTo();
  const { data } = useEndpoint(readTemplates, {}, { freshForMs: 300_000 });
  const definitions = useEndpoint(readDefinitions, {}, { freshForMs: 300_000 });
  const labels = new Map([...(definitions.data?.metrics ?? []), ...(definitions.data?.dimensions ?? [])].map(({ name, label }) => [name, label]));
  const begin = (question: Question): void => navigate(`/insights/explore?${new URLSearchParams({ q: JSON.stringify(question), view: 'table' })}`);
  const names = (of: string[]): string => of.map((name) => labels.get(name) ?? name).join(t('ask.comma'));
  const columns: Column<Row>[] = [
    { key: 'name', title: t('kept.name'), sortable: true, render: ({ id, name }) => <Link to={`/insights/reports/${id}`}>{name}</Link> },
    { key: 'metrics', title: t('ask.metrics'), render: ({ body }) => names(body.question.metrics) },
    { key: 'dimensions', title: t('ask.dimensions'), render: ({ body }) => names(body.question.dimensions) || '–' },
    { key: 'sharing', title: t('kept.sharing'), render: ({ sharing }) => <SharedTag sharing={sharing} /> },
    { key: 'owner', title: t('kept.owner'), sortable: true, render: ({ owner }) => owner },
    { key: 'updatedAt', title: t('kept.updatedAt'), sortable: true, render: ({ updatedAt }) => format.dateTime(updatedAt) },
  ];
  return (
    <Stack>
      <PageHeader title={t('navigation.reports')} subtitle={t('reports.subtitle')} />
      <Section title={t('reports.templates')}>
        <Flex gap="small" wrap>
          {data?.templates.map(({ subject, question }) => <Button key={subject} onClick={() => begin(question)}>{t(`subjects.${subject}`)}</Button>)}
        </Flex>
      </Section>
      <DataTable
        endpoint={listReports}
        columns={columns}
        rowKey={({ id }) => id}
        searchPlaceholder={t('kept.search')}
        empty={<EmptyState title={t('reports.none')} hint={t('reports.noneHint')} action={<Link to="/insights/explore">{t('navigation.explore')}</Link>} />}
      />
    </Stack>
  );
}
