import { useTranslation } from 'react-i18next';
import { Delta, FigureButton, Flex, Table, type TableProps, Tooltip } from '../../../../web/kit.ts';
import { InfoCircleOutlined } from '../../../../web/icons.tsx';
import type { AnswerColumn, AnswerReply, CellOf, Comparison, Question, QuestionRow } from '../../contract.ts';
import { useAnswerText } from './use-answer-text.ts';

interface AnswerTableProps {
  question: Question;
  answer: AnswerReply;
  /** Opens the people behind a number. */
  onPeople: (of: CellOf) => void;
  /** Without it rows stay in their order. */
  onSort?: (sort: Question['sort']) => void;
}

type Figures = Pick<QuestionRow, 'figures' | 'against'>;

/** An answer as rows and totals; a number that stands for people opens them. */
export function AnswerTable({ question, answer, onPeople, onSort }: AnswerTableProps) {
  const { t } = useTranslation('insights');
  const dimensions = answer.columns.filter(({ kind }) => kind === 'dimension');
  const metrics = answer.columns.filter(({ kind }) => kind === 'metric');
  const cell = (column: AnswerColumn, row: Figures, keys: string[]) => (
    <FigureCell
      column={column}
      row={row}
      compare={question.compare}
      onPeople={() => onPeople({ kind: 'cell', question, metric: column.key, at: keys.map((key, at) => ({ dimension: dimensions[at].key, key })) })}
    />
  );
  const orderOf = (key: string) => (question.sort?.by === key ? (question.sort.descending ? 'descend' as const : 'ascend' as const) : null);
  const columns: TableProps<QuestionRow>['columns'] = [
    ...dimensions.map((column, at) => ({
      key: column.key, title: column.label, fixed: at === 0 ? 'start' as const : undefined, sorter: onSort !== undefined, sortOrder: orderOf(column.key),
      render: (_value: unknown, row: QuestionRow) => row.labels[at] || t('breakdown.unknown'),
    })),
    ...metrics.map((column) => ({
      key: column.key, align: 'end' as const, sorter: onSort !== undefined, sortOrder: orderOf(column.key),
      title: <Flex gap={4} justify="end" align="center">{column.label}<Tooltip title={column.definition}><InfoCircleOutlined tabIndex={0} aria-label={column.definition} /></Tooltip></Flex>,
      render: (_value: unknown, row: QuestionRow) => cell(column, row, row.keys),
    })),
  ];
  const totals = { figures: answer.totals, against: answer.totalsAgainst };
  return (
    <Table<QuestionRow>
      size="small"
      columns={columns}
      dataSource={answer.rows}
      rowKey={(row) => JSON.stringify(row.keys)}
      pagination={answer.rows.length > 20 ? { pageSize: 20, showSizeChanger: false } : false}
      scroll={{ x: 'max-content' }}
      sortDirections={['descend', 'ascend']}
      onChange={(_pages, _filters, sorter, { action }) => {
        const chosen = Array.isArray(sorter) ? sorter[0] : sorter;
        if (action === 'sort') onSort?.(chosen.order ? { by: String(chosen.columnKey), descending: chosen.order === 'descend' } : null);
      }}
      summary={() => (
        <Table.Summary.Row>
          {dimensions.map((column, at) => <Table.Summary.Cell key={column.key} index={at}>{at === 0 && <strong>{t('against.total')}</strong>}</Table.Summary.Cell>)}
          {metrics.map((column, at) => <Table.Summary.Cell key={column.key} index={dimensions.length + at} align="end">{cell(column, totals, [])}</Table.Summary.Cell>)}
        </Table.Summary.Row>
      )}
    />
  );
}

function FigureCell({ column, row, compare, onPeople }: { column: AnswerColumn; row: Figures; compare: Comparison; onPeople: () => void }) {
  const { t } = useTranslation('insights');
  const text = useAnswerText();
  const value = row.figures[column.key];
  const against = row.against?.[column.key];
  const shown = text(value, column.unit);
  const has = against !== undefined && against !== null && value !== null && value !== undefined;
  return (
    <Flex vertical align="end">
      {column.hasPeople && Number(value ?? 0) !== 0
        ? <FigureButton text={shown} label={t('ask.people', { metric: column.label, value: shown })} onClick={onPeople} />
        : <span>{shown}</span>}
      {has && (compare === 'target'
        ? <small>{t('ask.reached', { share: text(Number(against) === 0 ? null : Number(value) / Number(against), 'percent'), target: text(against, column.unit) })}</small>
        : <Tooltip title={text(against, column.unit)}><small><Delta value={Number(value)} previous={Number(against)} more={column.more} than={compare === 'lastYear' ? 'lastYear' : 'before'} /></small></Tooltip>)}
    </Flex>
  );
}
