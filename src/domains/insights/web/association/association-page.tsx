import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Loaded, PageHeader, SegmentedControl, Stack, Tabs, Typography, useEndpoint, useMay, useSearchState } from '../../../../web/kit.ts';
import { type AssociationLevel, associationLevels, type AssociationParams, type AssociationResult, listAssociationRules, listBundles, readAssociation } from '../../contract.ts';
import { ModelStatus } from '../models/model-status.tsx';
import { BundleTable } from './bundle-table.tsx';
import { MatrixChart } from './matrix-chart.tsx';
import { RuleTable } from './rule-table.tsx';
import { RunSettings } from './run-settings.tsx';
import { SummaryTiles } from './summary-tiles.tsx';
import { TryPanel } from './try-panel.tsx';

const tabs = ['rules', 'sequences', 'chart', 'bundles', 'recommend'] as const;
const pageState = z.object({ tab: z.enum(tabs).default('rules'), level: z.enum(associationLevels).default('product') });

/** What is bought together and after one another, bundles, and recommendations to try. */
export default function AssociationPage() {
  const { t } = useTranslation('insights');
  const [params, setParams] = useState<Partial<AssociationParams>>({});
  return (
    <Stack>
      <PageHeader title={t('association.title')} actions={<RunSettings value={params} onChange={setParams} />} />
      <Typography.Text type="secondary">{t('association.intro')}</Typography.Text>
      <ModelStatus kind="association" params={params} shows={[readAssociation, listAssociationRules, listBundles]}>
        <NewestRun />
      </ModelStatus>
    </Stack>
  );
}

function NewestRun() {
  const found = useEndpoint(readAssociation);
  return <Loaded from={found}>{({ result }) => result && <Results result={result} />}</Loaded>;
}

function Results({ result }: { result: AssociationResult }) {
  const { t } = useTranslation('insights');
  const mayTry = useMay('insights.recommend');
  const [{ tab, level }, change] = useSearchState(pageState);
  const shown = level === 'category' && result.category ? result.category : result.product;
  const hasLevel = result.category !== null && tab !== 'bundles' && tab !== 'recommend';
  const levels = <SegmentedControl<AssociationLevel> label={t('association.filter.level')} value={level} options={associationLevels.map((value) => ({ value, label: t(`association.level.${value}`) }))} onChange={(value) => change({ level: value })} />;
  return (
    <>
      <SummaryTiles result={result} level={shown} />
      <Tabs
        activeKey={tab}
        onChange={(key) => change({ tab: key as (typeof tabs)[number] })}
        tabBarExtraContent={hasLevel ? levels : undefined}
        items={tabs.filter((key) => key !== 'recommend' || mayTry).map((key) => ({ key, label: t(`association.tab.${key}`) }))}
      />
      {tab === 'rules' && <RuleTable basis="basket" level={level} list={shown.baskets} params={result.params} />}
      {tab === 'sequences' && <RuleTable basis="sequence" level={level} list={shown.sequences} params={result.params} />}
      {tab === 'chart' && <MatrixChart level={level} />}
      {tab === 'bundles' && <BundleTable currency={result.currency} />}
      {tab === 'recommend' && mayTry && <TryPanel />}
    </>
  );
}
