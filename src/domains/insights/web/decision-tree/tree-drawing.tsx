import { useTranslation } from 'react-i18next';
import type { Rule } from '../../../audiences/contract.ts';
import { type DrawnNode, Section, Stack, TreeDiagram, Typography } from '../../../../web/kit.ts';
import type { TreeResult } from '../../contract.ts';
import { PeopleButton } from '../preference/people-button.tsx';
import { useSaid } from './use-said.ts';

interface TreeDrawingProps {
  result: TreeResult;
  sentences: Record<string, string>;
  currency: string;
  onPeople: (rule: Rule) => void;
}

/** The tree itself: each question in words, what its people did, and how many they are today. */
export function TreeDrawing({ result, sentences, currency, onPeople }: TreeDrawingProps) {
  const { t } = useTranslation('insights');
  const { text, bar } = useSaid(result, currency);
  const drawn = (id: number): DrawnNode => {
    const node = result.nodes[id];
    return {
      key: String(id),
      side: node.parent === null ? undefined : t(node.isYes ? 'tree.yes' : 'tree.no'),
      title: node.question ? t('tree.question', { text: sentences[id] }) : text(node.said),
      bar: bar(node),
      figures: <>{node.question && <>{text(node.said)} · </>}<PeopleButton people={node.people} onOpen={() => onPeople(node.rule)} />{t('tree.peopleToday')}</>,
      branches: result.nodes.filter(({ parent }) => parent === id).map((child) => drawn(child.id)),
    };
  };
  return (
    <Section title={t('tree.drawing')}>
      <Stack>
        <Typography.Text type="secondary">{t('tree.drawingHint')}</Typography.Text>
        <TreeDiagram root={drawn(0)} label={t('tree.drawing')} />
      </Stack>
    </Section>
  );
}
