import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, ConfirmDanger, DetailLayout, Flex, Loaded, PageHeader, Select, Stack, Tag, useAction, useEndpoint, useFormat, useNavigateTo, usePathParam } from '../../../../web/kit.ts';
import { changePartner, deletePartner, listPartnerHistory, movePartner, type PartnerStage, partnerStages, readPartner, readPartnerBoard, type ShownPartner } from '../../contract.ts';
import { PartnerForm } from './board/partner-form.tsx';
import { GivenTab } from './given/given-tab.tsx';
import { HistoryTab } from './history-tab.tsx';
import { LedgerTab } from './ledger/ledger-tab.tsx';
import { OverlapTab } from './overlap/overlap-tab.tsx';
import { PacksTab } from './packs/packs-tab.tsx';
import { ScenesTab } from './scenes/scenes-tab.tsx';
import { StatementsTab } from './statements/statements-tab.tsx';
import { SummaryTab } from './summary/summary-tab.tsx';

/** One partner: who they are, what is next, and all that came of it. */
export default function PartnerPage() {
  const partnerId = Number(usePathParam('partnerId'));
  const partner = useEndpoint(readPartner, { params: { partnerId } });
  return <Loaded from={partner}>{(found) => <Partner partner={found} />}</Loaded>;
}

function Partner({ partner }: { partner: ShownPartner }) {
  const { t } = useTranslation('membership');
  const { partnerId } = partner;
  const tab = (key: string) => t(`partners.tab.${key}`);
  return (
    <DetailLayout
      header={<Header partner={partner} />}
      tabs={[
        { key: 'summary', label: tab('summary'), content: <SummaryTab partner={partner} /> },
        { key: 'scenes', label: tab('scenes'), content: <ScenesTab partner={partner} /> },
        { key: 'overlap', label: tab('overlap'), content: <OverlapTab partnerId={partnerId} /> },
        { key: 'packs', label: tab('packs'), content: <PacksTab partnerId={partnerId} /> },
        { key: 'given', label: tab('given'), content: <GivenTab partnerId={partnerId} /> },
        { key: 'ledger', label: tab('ledger'), content: <LedgerTab partnerId={partnerId} /> },
        { key: 'statements', label: tab('statements'), content: <StatementsTab partnerId={partnerId} /> },
        { key: 'history', label: tab('history'), content: <HistoryTab partnerId={partnerId} /> },
      ]}
    />
  );
}

/** From these there is likely no contract yet, without which a partner can be deleted. */
const mayGo: readonly PartnerStage[] = ['idea', 'contacted', 'negotiation', 'ended'];

function Header({ partner }: { partner: ShownPartner }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const navigate = useNavigateTo();
  const [isEditing, setEditing] = useState(false);
  const [isDeleting, setDeleting] = useState(false);
  const { partnerId, name, trade, website, summary, owner, stage, stageSince, version } = partner;
  const params = { partnerId };
  const move = useAction(movePartner, { invalidates: [readPartner, readPartnerBoard, listPartnerHistory], done: t('partners.moved') });
  const remove = useAction(deletePartner, { invalidates: [readPartnerBoard], done: t('partners.deleted'), onSuccess: () => navigate('/members/partners') });
  return (
    <Stack>
      <PageHeader
        title={name}
        subtitle={<Flex gap={8} wrap align="center">{trade && <span>{trade}</span>}<Tag color={stage === 'running' ? 'success' : 'default'}>{t(`partners.stage.${stage}`)}</Tag><span>{t('partners.since', { when: format.relative(stageSince) })}</span></Flex>}
        breadcrumbs={[{ label: t('partners.title'), to: '/members/partners' }]}
        actions={
          <>
            {mayGo.includes(stage) && <Button type="text" danger onClick={() => setDeleting(true)}>{t('partners.delete')}</Button>}
            <Button onClick={() => setEditing(true)}>{t('partners.edit')}</Button>
            <Select<PartnerStage> aria-label={t('partners.moveTo')} value={stage} loading={move.isPending} style={{ minWidth: 116 }} options={partnerStages.map((each) => ({ value: each, label: t(`partners.stage.${each}`) }))} onChange={(to) => move.mutate({ params, body: { version, stage: to } })} />
          </>
        }
      />
      <PartnerForm endpoint={changePartner} open={isEditing} title={t('partners.edit')} initial={{ name, trade, website, summary, ownerId: owner?.staffId ?? null }} request={(body) => ({ params, body: { version, ...body, ownerId: body.ownerId ?? null } })} onClose={() => setEditing(false)} />
      <ConfirmDanger open={isDeleting} title={t('partners.deleteTitle', { name })} touches={[t('partners.deleteTouches')]} confirmLabel={t('partners.delete')} busy={remove.isPending} onConfirm={() => remove.mutate({ params })} onCancel={() => setDeleting(false)} />
    </Stack>
  );
}
