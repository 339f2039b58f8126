import { useTranslation } from 'react-i18next';
import { EmptyState, Section, Table, Tag, useFormat } from '../../../../web/kit.ts';
import { MessageOutlined } from '../../../../web/icons.tsx';
import type { AccountDetail } from '../../contract.ts';
import { useAnswerWords } from './use-answer-words.ts';

const colours = { taken: 'success', refused: 'error', later: 'warning', unknown: 'warning' } as const;

/** What the provider answered in a week, by code. */
export function AnswersTab({ account: { codes, provider } }: { account: AccountDetail }) {
  const { t } = useTranslation('messaging');
  const format = useFormat();
  const wordsOf = useAnswerWords();
  if (codes.length === 0) return <EmptyState icon={<MessageOutlined />} title={t('channels.noAnswers')} hint={t('channels.noAnswersHint')} />;
  return (
    <Section>
      <Table
        size="small" pagination={false} rowKey={(row) => `${row.outcome} ${row.code}`} dataSource={codes}
        columns={[
          { key: 'outcome', title: t('channels.column.outcome'), render: (_, row) => <Tag color={colours[row.outcome]}>{t(`channels.outcome.${row.outcome}`)}</Tag> },
          { key: 'code', title: t('channels.column.code'), render: (_, row) => (row.code === '' ? '—' : wordsOf(provider, row.code)) },
          { key: 'count', title: t('channels.column.count'), align: 'right', render: (_, row) => format.number(row.count) },
          { key: 'lastAt', responsive: ['md'], title: t('channels.column.lastAt'), render: (_, row) => format.relative(row.lastAt) },
        ]}
      />
    </Section>
  );
}
