import { Loaded, useEndpoint, usePathParam } from '../../../../web/kit.ts';
import { readCampaign } from '../../contract.ts';
import { CampaignEditor } from './campaign-editor.tsx';

/** Changes a campaign that nobody was reached by yet. */
export default function EditCampaignPage() {
  const campaign = useEndpoint(readCampaign, { params: { campaignNo: Number(usePathParam('campaignNo')) } });
  return <Loaded from={campaign}>{(found) => <CampaignEditor campaign={found} />}</Loaded>;
}
