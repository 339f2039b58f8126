import { useTranslation } from 'react-i18next';
import { Loaded, Timeline, useEndpoint } from '../../../../web/kit.ts';
import { listCampaignSteps } from '../../contract.ts';

/** Who did what with it, the newest first. */
export function HistoryTab({ campaignNo }: { campaignNo: number }) {
  const { t } = useTranslation('campaigns');
  const steps = useEndpoint(listCampaignSteps, { params: { campaignNo } });
  return (
    <Loaded from={steps}>
      {({ steps: found }) => <Timeline items={found.map(({ at, by, step, note }, i) => ({ key: `${at} ${i}`, at, title: `${t(`step.${step}`)} · ${t(`plans.by.${by}`, { defaultValue: by })}`, ...(note && note !== 'once' ? { body: note } : {}) }))} />}
    </Loaded>
  );
}
