import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Loaded, useEndpoint, useSearchState } from '../../../../web/kit.ts';
import { readCampaign } from '../../contract.ts';
import { CampaignEditor } from './campaign-editor.tsx';

const begun = z.object({ from: z.coerce.number().int().positive().optional() });

/** A campaign that is not there yet, perhaps begun as another one is. */
export default function NewCampaignPage() {
  const [{ from }] = useSearchState(begun);
  return from === undefined ? <CampaignEditor campaign={null} /> : <Copy campaignNo={from} />;
}

function Copy({ campaignNo }: { campaignNo: number }) {
  const { t } = useTranslation('campaigns');
  const campaign = useEndpoint(readCampaign, { params: { campaignNo } });
  return <Loaded from={campaign}>{({ definition }) => <CampaignEditor campaign={null} from={{ ...definition, name: t('plans.copyName', { name: definition.name }).slice(0, 80) }} />}</Loaded>;
}
