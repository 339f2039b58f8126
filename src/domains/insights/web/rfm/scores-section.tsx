import { useTranslation } from 'react-i18next';
import type { RfmLimits } from '../../../audiences/contract.ts';
import { Button, Columns, Section, Stack, Table, Tag, Typography, useFormat } from '../../../../web/kit.ts';
import type { PeopleOf } from '../../contract.ts';
import type { Board } from './board.ts';

const kinds = ['recency', 'frequency', 'value'] as const;
type Kind = (typeof kinds)[number];

interface ScoresProps {
  board: Board;
  limits: RfmLimits;
  onPeople: (of: PeopleOf) => void;
}

/** How scores are given: the rule in words, and the bounds of each score with its people. */
export function ScoresSection({ board, limits, onPeople }: ScoresProps) {
  const { t } = useTranslation('insights');
  const rules = t('rfm.rule', { returnObjects: true }) as Record<string, string>;
  return (
    <Section title={t('rfm.scoresTitle')}>
      <Stack>
        <ul>{Object.entries(rules).map(([key, text]) => <li key={key}><Typography.Text type="secondary">{text}</Typography.Text></li>)}</ul>
        <Columns>{kinds.map((kind) => <ScoreTable key={kind} kind={kind} board={board} isOwn={limits[kind] !== null} onPeople={onPeople} />)}</Columns>
      </Stack>
    </Section>
  );
}

function ScoreTable({ kind, board: { scores, cuts }, isOwn, onPeople }: { kind: Kind; board: Board; isOwn: boolean; onPeople: (of: PeopleOf) => void }) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const limitOf = (place: number): string | undefined => {
    const limit = cuts[kind][place];
    if (limit === undefined) return undefined;
    return kind === 'value' ? format.money(limit) : format.number(limit);
  };
  /** Of scores that count from the other end: few days are the highest score. */
  const boundsOf = (score: number): string => {
    const group = kind === 'recency' ? 5 - score : score - 1;
    const [above, to] = [limitOf(group - 1), limitOf(group)];
    if (above === undefined) return t(`rfm.bounds.${kind}.to`, { to });
    return to === undefined ? t(`rfm.bounds.${kind}.above`, { above }) : t(`rfm.bounds.${kind}.between`, { above, to });
  };
  return (
    <Table
      size="small" rowKey="score" dataSource={scores[kind].toReversed()} pagination={false} scroll={{ x: 300 }}
      title={() => <>{t(`rfm.kind.${kind}`)} <Tag>{t(isOwn ? 'rfm.limits.own' : 'rfm.limits.fifths')}</Tag></>}
      columns={[
        { title: t('rfm.column.score'), dataIndex: 'score', width: 60 },
        { title: t('rfm.column.bounds'), render: (_, { score }) => boundsOf(score) },
        { title: t('rfm.column.people'), align: 'right', render: (_, { score, people }) => <Button type="link" size="small" onClick={() => onPeople({ kind: 'rfm', [kind]: score })}>{format.number(people)}</Button> },
      ]}
    />
  );
}
