import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rule } from '../../../audiences/contract.ts';
import { Loaded, PageHeader, Sentence, Stack, Typography, useEndpoint, useFormat } from '../../../../web/kit.ts';
import { readDecisionTree, treeParams, type TreeResult } from '../../contract.ts';
import { ModelStatus } from '../models/model-status.tsx';
import { PeopleDrawer } from '../people/people-drawer.tsx';
import { LeavesSection } from './leaves-section.tsx';
import { QualitySection } from './quality-section.tsx';
import { TreeDrawing } from './tree-drawing.tsx';
import { TreeOptions, type TreeOptionsValue } from './tree-options.tsx';
import { useSaid } from './use-said.ts';

const shows = [readDecisionTree];

/** What tells who buys next: a tree to read, and its leaves to reach. */
export default function DecisionTreePage() {
  const { t } = useTranslation('insights');
  const [rule, setRule] = useState<Rule | null>(null);
  const [chosen, setChosen] = useState<TreeOptionsValue | null>(null);
  const found = useEndpoint(readDecisionTree);
  const params = chosen ?? found.data?.result?.params ?? treeParams.parse({});
  return (
    <Stack>
      <PageHeader title={t('tree.title')} />
      <TreeOptions value={params} onChange={setChosen} />
      <ModelStatus kind="decision_tree" params={params} shows={shows}>
        <Loaded from={found}>
          {({ result, sentences, currency }) => result && (
            <Stack>
              <Summary result={result} currency={currency} />
              <TreeDrawing result={result} sentences={sentences} currency={currency} onPeople={setRule} />
              <LeavesSection result={result} sentences={sentences} currency={currency} onPeople={setRule} />
              <QualitySection result={result} />
            </Stack>
          )}
        </Loaded>
      </ModelStatus>
      <PeopleDrawer of={rule && { kind: 'rule', rule }} onClose={() => setRule(null)} />
    </Stack>
  );
}

/** What the tree was learnt from, and what the likeliest leaf is. */
function Summary({ result, currency }: { result: TreeResult; currency: string }) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const { text, value } = useSaid(result, currency);
  const [root] = result.nodes;
  const best = result.nodes.filter(({ question }) => question === null).reduce((most, leaf) => (value(leaf.said) > value(most.said) ? leaf : most));
  return (
    <div>
      <Sentence>{result.nodes.length === 1 ? t('tree.nothing', { said: text(root.said) }) : t('tree.summary', { all: text(root.said), best: text(best.said), count: best.people, people: format.number(best.people) })}</Sentence>
      <Typography.Text type="secondary">{t('tree.window', { cutoff: format.date(result.cutoff), until: format.date(result.until), count: result.people, people: format.number(result.people), read: format.number(result.trained + result.heldOut) })}</Typography.Text>
    </div>
  );
}
