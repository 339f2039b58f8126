import { useTranslation } from 'react-i18next';
import type { Rule } from '../../../audiences/contract.ts';
import { Section, Table, useFormat } from '../../../../web/kit.ts';
import type { TreeResult } from '../../contract.ts';
import { PeopleButton } from '../preference/people-button.tsx';
import { useSaid } from './use-said.ts';

interface LeavesProps {
  result: TreeResult;
  sentences: Record<string, string>;
  currency: string;
  onPeople: (rule: Rule) => void;
}

/** Every leaf as an audience: whom it means, what they did, and what those did of whom the tree had not learnt. */
export function LeavesSection({ result, sentences, currency, onPeople }: LeavesProps) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const { text, value } = useSaid(result, currency);
  const leaves = result.nodes.filter(({ question }) => question === null).toSorted((a, b) => value(b.said) - value(a.said));
  return (
    <Section title={t('tree.leaves')}>
      <Table
        size="small" rowKey="id" dataSource={leaves} scroll={{ x: 840 }} pagination={false}
        columns={[
          { title: t('tree.who'), render: (_, leaf) => sentences[leaf.id] },
          { title: t('tree.did'), width: 150, align: 'right', render: (_, leaf) => text(leaf.said) },
          { title: t('tree.heldOut'), width: 150, align: 'right', render: (_, leaf) => (leaf.heldOutSaid ? text(leaf.heldOutSaid) : '–') },
          { title: t('tree.learntFrom'), width: 90, align: 'right', render: (_, leaf) => format.number(leaf.trained) },
          { title: t('tree.today'), width: 100, align: 'right', render: (_, leaf) => <PeopleButton people={leaf.people} onOpen={() => onPeople(leaf.rule)} /> },
        ]}
      />
    </Section>
  );
}
