import { useTranslation } from 'react-i18next';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { DetailLayout, type DetailTab, DrawnLines, Loaded, PageHeader, Sentence, Stack, Tag, useEndpoint, usePathParam } from '../../../../web/kit.ts';
import { previewCampaign, readCampaign } from '../../contract.ts';
import { ReportTab } from '../reports/report-tab.tsx';
import { ResultTab } from '../results/result-tab.tsx';
import { CampaignActions } from './campaign-actions.tsx';
import { stateColors } from './colors.ts';
import { HistoryTab } from './history-tab.tsx';
import { PlanTab } from './plan-tab.tsx';
import { ProgressTab } from './progress-tab.tsx';

const movingMs = 3_000;

/** One campaign: what it is, how far it has come, and what it came to. */
export default function CampaignPage() {
  const campaign = useEndpoint(readCampaign, { params: { campaignNo: Number(usePathParam('campaignNo')) } }, { refreshMs: (found) => (found?.state === 'running' || found?.state === 'approved' ? movingMs : false) });
  return <Loaded from={campaign}>{(found) => <Shown campaign={found} />}</Loaded>;
}

function Shown({ campaign }: { campaign: EndpointReply<typeof readCampaign> }) {
  const { t } = useTranslation('campaigns');
  const { definition, state, beganAt } = campaign;
  const preview = useEndpoint(previewCampaign, { body: { definition } });
  const hasBegun = beganAt !== null;
  const tabs: DetailTab[] = [
    ...(hasBegun ? [{ key: 'result', label: t('plans.tabs.result'), content: <ResultTab campaign={campaign} /> }, { key: 'progress', label: t('plans.tabs.progress'), content: <ProgressTab campaign={campaign} /> }, { key: 'report', label: t('plans.tabs.report'), content: <ReportTab campaignNo={campaign.campaignNo} /> }] : []),
    { key: 'plan', label: t('plans.tabs.plan'), content: <PlanTab campaign={campaign} checks={preview.data?.checks ?? []} /> },
    { key: 'history', label: t('plans.tabs.history'), content: <HistoryTab campaignNo={campaign.campaignNo} /> },
  ];
  return (
    <DetailLayout
      header={
        <PageHeader
          title={definition.name}
          subtitle={<><Tag color={stateColors[state]}>{t(`state.${state}`)}</Tag><Tag>{t(`messaging:channel.${definition.channel}`)}</Tag></>}
          breadcrumbs={[{ label: t('plans.title'), to: '/programs/campaigns' }]}
          actions={<CampaignActions campaign={campaign} />}
        />
      }
      summary={preview.data && <Stack><Sentence>{preview.data.sentence}</Sentence><DrawnLines lines={campaign.budgetLines} /></Stack>}
      tabs={tabs}
    />
  );
}
