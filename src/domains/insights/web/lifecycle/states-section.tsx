import { useTranslation } from 'react-i18next';
import { Button, Section, Table, Typography, useFormat } from '../../../../web/kit.ts';
import type { PeopleOf } from '../../contract.ts';
import type { Lifecycle } from './shown-lifecycle.ts';

const limitOf = { at_risk: 'atRisk', sleeping: 'sleeping', lost: 'lost' } as const;

/** How many are in each state now, and how that is told. */
export function StatesSection({ lifecycle: { months, limits }, onPeople }: { lifecycle: Lifecycle; onPeople: (of: PeopleOf) => void }) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const now = months[months.length - 1].states;
  const all = now.reduce((sum, { people }) => sum + people, 0) || 1;
  const meaningOf = (state: (typeof now)[number]['state']): string =>
    t(`lifecycle.meaning.${state}`, state in limitOf ? { share: format.percent(limits[limitOf[state as keyof typeof limitOf]], 1) } : {});
  return (
    <Section title={t('lifecycle.statesTitle')}>
      <Table
        size="small" rowKey="state" dataSource={now} pagination={false} scroll={{ x: 520 }}
        columns={[
          { title: t('lifecycle.column.state'), width: 120, render: (_, { state }) => t(`lifecycle.state.${state}`) },
          { title: t('lifecycle.column.people'), align: 'right', width: 110, render: (_, { state, people }) => <Button type="link" size="small" onClick={() => onPeople({ kind: 'lifecycle', state })}>{format.number(people)}</Button> },
          { title: t('lifecycle.column.share'), align: 'right', width: 90, render: (_, { people }) => format.percent(people / all, 1) },
          { title: t('lifecycle.column.meaning'), render: (_, { state }) => <Typography.Text type="secondary">{meaningOf(state)}</Typography.Text> },
        ]}
      />
    </Section>
  );
}
