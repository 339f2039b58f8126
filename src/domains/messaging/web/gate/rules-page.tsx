import { useTranslation } from 'react-i18next';
import { DetailLayout, Loaded, PageHeader, useEndpoint } from '../../../../web/kit.ts';
import { readGateRules } from '../../contract.ts';
import { HistoryTab } from './history-tab.tsx';
import { RulesEditor } from './rules-editor.tsx';
import { SuppressionsTab } from './suppressions-tab.tsx';

/** How often, when and whom messages may reach, and who is never to be reached. */
export default function RulesPage() {
  const { t } = useTranslation('messaging');
  const version = useEndpoint(readGateRules);
  return (
    <DetailLayout
      header={<PageHeader title={t('gate.title')} subtitle={t('gate.subtitle')} />}
      summary={null}
      tabs={[
        { key: 'rules', label: t('gate.tab.rules'), content: <Loaded from={version}>{(shown) => <RulesEditor key={shown.rulesNo ?? 0} version={shown} />}</Loaded> },
        { key: 'suppressions', label: t('gate.tab.suppressions'), content: <SuppressionsTab /> },
        { key: 'history', label: t('gate.tab.history'), content: <HistoryTab /> },
      ]}
    />
  );
}
