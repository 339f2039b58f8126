import { useTranslation } from 'react-i18next';
import { Section, Table } from '../../../../web/kit.ts';
import type { TemplateChange } from '../../contract.ts';
import styles from './templates.module.css';

/** What a version says differently from the one that is in use. */
export function ChangesSection({ changes, from }: { changes: readonly TemplateChange[]; from: number }) {
  const { t } = useTranslation('messaging');
  const placeOf = ({ locale, part, field }: TemplateChange): string =>
    [t(`templates.locales.${locale}`), part === 'mail' || part === 'plain' ? '' : part === 'variable' ? t('templates.fields.variable') : t(`templates.blocks.${part}`), t(`templates.fields.${field}`, { defaultValue: field })].filter(Boolean).join(' · ');
  return (
    <Section title={t('templates.changedFrom', { no: from })}>
      {changes.length === 0
        ? t('templates.unchanged')
        : <Table<TemplateChange>
            className={styles.changes} size="small" rowKey={(row) => `${row.id} ${row.part} ${row.field} ${row.before} ${row.after}`} pagination={false} dataSource={[...changes]} scroll={{ x: 'max-content' }}
            columns={[
              { key: 'place', title: t('templates.place'), width: 200, render: (_, row) => placeOf(row) },
              { key: 'before', title: t('templates.before'), render: (_, { before }) => <span className={styles.before}>{before}</span> },
              { key: 'after', title: t('templates.after'), render: (_, { after }) => <span className={styles.after}>{after}</span> },
            ]}
          />}
    </Section>
  );
}
