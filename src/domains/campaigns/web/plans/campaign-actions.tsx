import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Form, FormModal, Input, Popconfirm, useAction, useMay, useNavigateTo } from '../../../../web/kit.ts';
import { approveCampaign, type Campaign, type CampaignState, type CampaignTurn, deleteCampaign, listCampaigns, listCampaignSteps, readCampaign, readCampaignCalendar, readCampaignProgress, turnCampaign } from '../../contract.ts';

const changed = [readCampaign, listCampaigns, readCampaignCalendar, listCampaignSteps, readCampaignProgress];
/** What somebody can do with it in each state, the usual next step first. */
const turnsOf: Record<CampaignState, readonly CampaignTurn[]> = {
  draft: ['check'], checked: ['submit'], submitted: ['withdraw'], approved: ['withdraw'], running: ['pause'], paused: ['resume'], done: [], cancelled: [],
};
const cancellable: readonly CampaignState[] = ['approved', 'running', 'paused'];

/** What can be done with a campaign where it stands now. */
export function CampaignActions({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  const navigate = useNavigateTo();
  const mayEdit = useMay('campaigns.edit');
  const { campaignNo, version, state } = campaign;
  const turn = useAction(turnCampaign, { invalidates: changed, done: t('plans.turned') });
  const drop = useAction(deleteCampaign, { invalidates: changed, onSuccess: () => navigate('/programs/campaigns') });
  const to = (what: CampaignTurn) => turn.mutate({ params: { campaignNo }, body: { version, turn: what } });
  const isPlanned = ['draft', 'checked', 'submitted', 'approved'].includes(state);
  return (
    <>
      {mayEdit && (state === 'draft' || state === 'checked') && <Popconfirm title={t('plans.deleteAsk')} onConfirm={() => drop.mutate({ params: { campaignNo } })}><Button danger>{t('plans.delete')}</Button></Popconfirm>}
      {mayEdit && <Button onClick={() => navigate(`/programs/campaigns/new?from=${campaignNo}`)}>{t('plans.copy')}</Button>}
      {mayEdit && isPlanned && <Button onClick={() => navigate(`/programs/campaigns/${campaignNo}/edit`)}>{t('plans.edit')}</Button>}
      {mayEdit && cancellable.includes(state) && <Popconfirm title={t('plans.cancelAsk')} onConfirm={() => to('cancel')}><Button danger>{t('plans.turn.cancel')}</Button></Popconfirm>}
      {mayEdit && turnsOf[state].map((what) => <Button key={what} type={what === 'withdraw' || what === 'pause' ? 'default' : 'primary'} loading={turn.isPending} onClick={() => to(what)}>{t(`plans.turn.${what}`)}</Button>)}
      {campaign.mayApprove && <Approval campaign={campaign} />}
    </>
  );
}

/** The second person's word. */
function Approval({ campaign: { campaignNo, version } }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  const [isGivingBack, setGivingBack] = useState(false);
  const approve = useAction(approveCampaign, { invalidates: changed, done: t('plans.turned') });
  return (
    <>
      <Button onClick={() => setGivingBack(true)}>{t('plans.giveBack')}</Button>
      <Button type="primary" loading={approve.isPending} onClick={() => approve.mutate({ params: { campaignNo }, body: { version, isApproved: true } })}>{t('plans.approve')}</Button>
      <FormModal<typeof approveCampaign, { reason: string }>
        open={isGivingBack} endpoint={approveCampaign} title={t('plans.giveBack')} submitLabel={t('plans.giveBack')} request={({ reason }) => ({ params: { campaignNo }, body: { version, isApproved: false, reason } })}
        invalidates={changed} onDone={() => setGivingBack(false)} onCancel={() => setGivingBack(false)}
      >
        <Form.Item name="reason" label={t('plans.giveBackReason')} rules={[{ required: true, whitespace: true, message: t('plans.needed') }]}><Input.TextArea maxLength={500} autoSize={{ minRows: 2 }} autoFocus /></Form.Item>
      </FormModal>
    </>
  );
}
