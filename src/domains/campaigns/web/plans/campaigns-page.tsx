import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, type Column, DataTable, EmptyState, Form, FormModal, InputNumber, PageHeader, Stack, Tag, useEndpoint, useFormat, useMay, useNavigateTo } from '../../../../web/kit.ts';
import { CalendarOutlined, PlusOutlined } from '../../../../web/icons.tsx';
import { channelKinds } from '../../../messaging/contract.ts';
import { type Campaign, type CampaignPolicy, campaignStates, changeCampaignPolicy, listCampaigns, readCampaignPolicy } from '../../contract.ts';
import { stateColors } from './colors.ts';
import { useWhenText } from './use-when-text.ts';

/** All campaigns: what is planned, what runs, what ran. */
export default function CampaignsPage() {
  const { t } = useTranslation('campaigns');
  const navigate = useNavigateTo();
  const mayEdit = useMay('campaigns.edit');
  const add = mayEdit && <Button type="primary" icon={<PlusOutlined />} onClick={() => navigate('/programs/campaigns/new')}>{t('plans.add')}</Button>;
  return (
    <Stack>
      <PageHeader title={t('plans.title')} subtitle={t('plans.subtitle')} actions={<><Policy />{add}</>} />
      <CampaignTable empty={<EmptyState icon={<CalendarOutlined />} title={t('plans.none')} hint={t('plans.noneHint')} action={add} />} />
    </Stack>
  );
}

function CampaignTable({ empty }: { empty: React.ReactNode }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const whenText = useWhenText();
  const columns: Column<Campaign>[] = [
    { key: 'name', title: t('plans.name'), render: ({ definition }) => definition.name },
    { key: 'state', title: t('plans.stateColumn'), render: ({ state }) => <Tag color={stateColors[state]}>{t(`state.${state}`)}</Tag> },
    { key: 'channel', title: t('plans.channel'), render: ({ definition }) => t(`messaging:channel.${definition.channel}`) },
    { key: 'when', title: t('plans.when'), render: ({ definition }) => whenText(definition.schedule) },
    { key: 'people', title: t('plans.people'), numeric: true, render: ({ estimate }) => (estimate === null ? '–' : format.number(estimate.reached)) },
    { key: 'holdout', title: t('plans.holdout'), numeric: true, optional: true, render: ({ definition }) => format.percent(definition.holdout.share / 10_000) },
    { key: 'nextAt', title: t('plans.nextAt'), sortable: true, render: ({ nextAt }) => (nextAt === null ? '–' : format.dateTime(nextAt)) },
    { key: 'beganAt', title: t('plans.beganAt'), sortable: true, render: ({ beganAt }) => (beganAt === null ? '–' : format.dateTime(beganAt)) },
    { key: 'editedAt', title: t('plans.editedAt'), sortable: true, optional: true, render: ({ editedAt, editedBy }) => `${format.dateTime(editedAt)} · ${editedBy}` },
  ];
  return (
    <DataTable
      endpoint={listCampaigns}
      columns={columns}
      rowKey={({ campaignNo }) => campaignNo}
      rowLink={({ campaignNo }) => `/programs/campaigns/${campaignNo}`}
      searchPlaceholder={t('plans.search')}
      filters={[
        { key: 'state', label: t('plans.stateColumn'), options: campaignStates.map((value) => ({ value, label: t(`state.${value}`) })) },
        { key: 'channel', label: t('plans.channel'), options: channelKinds.map((value) => ({ value, label: t(`messaging:channel.${value}`) })) },
      ]}
      empty={empty}
    />
  );
}

/** What goes for all campaigns. */
function Policy() {
  const { t } = useTranslation('campaigns');
  const mayChange = useMay('campaigns.approve');
  const policy = useEndpoint(readCampaignPolicy, {}, { enabled: mayChange });
  const [isOpen, setOpen] = useState(false);
  if (!mayChange || !policy.data) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('plans.policy.open')}</Button>
      <FormModal<typeof changeCampaignPolicy, CampaignPolicy>
        open={isOpen} endpoint={changeCampaignPolicy} title={t('plans.policy.title')} submitLabel={t('plans.save')} initial={policy.data} request={({ approvalAbove, marginPercent = null, pauseAtBounced = null, pauseAtComplained = null }) => ({ body: { approvalAbove, marginPercent, pauseAtBounced, pauseAtComplained } })} invalidates={[readCampaignPolicy]} onDone={() => setOpen(false)} onCancel={() => setOpen(false)}
      >
        <Form.Item name="approvalAbove" label={t('plans.policy.approvalAbove')} extra={t('plans.policy.hint')} rules={[{ required: true, message: t('plans.needed') }]}><InputNumber min={0} max={100_000_000} precision={0} style={{ width: 200 }} /></Form.Item>
        {(['pauseAtBounced', 'pauseAtComplained', 'marginPercent'] as const).map((name) => <Form.Item key={name} name={name} label={t(`plans.policy.${name}`)} extra={t(`plans.policy.${name}Hint`)}><InputNumber min={name === 'marginPercent' ? 0 : name === 'pauseAtBounced' ? 0.1 : 0.01} max={100} precision={2} suffix={t('plans.percent')} style={{ width: 200 }} /></Form.Item>)}
      </FormModal>
    </>
  );
}
