import { useTranslation } from 'react-i18next';
import { type Column, DataTable, Link, type RowOf, Tag, useFormat, useMay } from '../../../../web/kit.ts';
import { listAudienceRules, type ShownAudience } from '../../contract.ts';
import { MovedToday } from '../moved-today.tsx';

type Row = RowOf<typeof listAudienceRules>;

/** What its rule was, who made it so, and how its people changed by it. */
export function RulesTab({ audience }: { audience: ShownAudience }) {
  const columns = useRuleColumns(audience);
  return <DataTable key={audience.version} endpoint={listAudienceRules} params={{ audienceId: audience.audienceId }} columns={columns} rowKey={(row) => row.ruleVersion} prefix="rules" />;
}

function useRuleColumns({ audienceId, kind, archivedAt }: ShownAudience): Column<Row>[] {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const mayEdit = useMay('audiences.edit') && kind === 'live' && archivedAt === null;
  const title = (key: string): string => t(`web.rules.${key}`);
  return [
    { key: 'ruleVersion', title: title('version'), render: (row) => t('web.rules.number', { no: row.ruleVersion }) },
    { key: 'sentence', title: title('rule'), render: (row) => row.sentence },
    { key: 'madeAt', title: title('madeAt'), render: (row) => format.dateTime(row.madeAt) },
    { key: 'madeBy', title: title('madeBy'), render: (row) => row.madeBy },
    { key: 'size', title: title('size'), numeric: true, render: (row) => format.number(row.size) },
    { key: 'moved', title: title('moved'), numeric: true, render: (row) => (row.entered === null || row.left === null || row.ruleVersion === 1 ? null : <MovedToday entered={row.entered} left={row.left} />) },
    ...(mayEdit ? [{ key: 'again', title: title('again'), render: (row: Row) => <Again row={row} audienceId={audienceId} /> }] : []),
  ];
}

/** The newest is in force; an older one opens in the editor, where its people are counted before it is saved. */
function Again({ row, audienceId }: { row: Row; audienceId: number }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  if (row.isPresent) return <Tag color="success">{t('web.rules.present')}</Tag>;
  return (
    <Link to={`/users/audiences/${audienceId}/edit?ruleVersion=${row.ruleVersion}`} aria-label={t('web.rules.openNamed', { when: format.dateTime(row.madeAt) })}>
      {t('web.rules.open')}
    </Link>
  );
}
