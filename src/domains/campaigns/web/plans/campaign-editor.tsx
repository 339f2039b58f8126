import dayjs from 'dayjs';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Collapse, EditorLayout, Form, Input, PageHeader, Section, Select, Stack, useFormAction, useNavigateTo, useSession } from '../../../../web/kit.ts';
import { useSettled } from '../../../audiences/web/preview/use-settled.ts';
import { channelKinds } from '../../../messaging/contract.ts';
import { type Campaign, type CampaignDefinition, changeCampaign, createCampaign, listCampaigns, readCampaign, readCampaignCalendar } from '../../contract.ts';
import { ArmFields } from './arm-fields.tsx';
import { AudienceFields } from './audience-fields.tsx';
import { type CampaignDraft, draftOf, newDraft, wantedOf } from './campaign-draft.ts';
import { EffectBrief, EffectPanel } from './effect-panel.tsx';
import { MoneyFields } from './money-fields.tsx';
import { ScheduleFields } from './schedule-fields.tsx';
import { TestFields } from './test-fields.tsx';

const settledMs = 500;

/** What a campaign is on the left; what it would do on the right, while one edits. */
export function CampaignEditor({ campaign, from }: { campaign: Campaign | null; from?: CampaignDefinition }) {
  const { t } = useTranslation('campaigns');
  const navigate = useNavigateTo();
  const { timeZone } = useSession().brand;
  const own = campaign?.definition.audience ?? from?.audience ?? null;
  const [begin] = useState<CampaignDraft>(() => {
    const source = campaign?.definition ?? from;
    return source ? draftOf(source, timeZone, dayjs) : newDraft(dayjs().add(1, 'day').hour(10).minute(0).second(0));
  });
  // A key of this page: whoever clicks twice drafts one.
  const [key] = useState(() => crypto.randomUUID());
  const [draft, setDraft] = useState(begin);
  const settled = useSettled(draft, settledMs);
  const wanted = useMemo(() => wantedOf(settled, timeZone, own), [settled, timeZone, own]);
  const definitionOf = (values: CampaignDraft): CampaignDefinition => wantedOf({ ...draft, ...values }, timeZone, own) as CampaignDefinition;
  const shared = { invalidates: [listCampaigns, readCampaign, readCampaignCalendar], done: t('plans.saved'), onDone: ({ campaignNo }: Campaign) => navigate(`/programs/campaigns/${campaignNo}`) };
  const make = useFormAction<typeof createCampaign, CampaignDraft>({ ...shared, endpoint: createCampaign, request: (values) => ({ body: { key, definition: definitionOf(values) } }) });
  const change = useFormAction<typeof changeCampaign, CampaignDraft>({ ...shared, endpoint: changeCampaign, request: (values) => ({ params: { campaignNo: campaign?.campaignNo ?? 0 }, body: { version: campaign?.version ?? 0, definition: definitionOf(values) } }) });
  const { form, submit, busy, problem } = campaign === null ? make : change;
  const above = campaign === null ? '/programs/campaigns' : `/programs/campaigns/${campaign.campaignNo}`;
  const needed = [{ required: true, whitespace: true, message: t('plans.needed') }];
  return (
    <EditorLayout
      header={<PageHeader title={campaign === null ? t('plans.add') : t('plans.editTitle', { name: campaign.definition.name })} breadcrumbs={[{ label: t('plans.title'), to: '/programs/campaigns' }]} />}
      effect={<EffectPanel definition={wanted} isOld={settled !== draft} campaignNo={campaign?.campaignNo} />}
      brief={<EffectBrief definition={wanted} campaignNo={campaign?.campaignNo} />}
    >
      <Section>
        <Form<CampaignDraft> form={form} layout="vertical" initialValues={begin} disabled={busy} requiredMark={false} onValuesChange={(_changed, all) => setDraft({ ...draft, ...all })} onFinish={submit}>
          {problem && <Form.Item>{problem}</Form.Item>}
          <Form.Item name="name" label={t('plans.name')} rules={needed}><Input maxLength={80} /></Form.Item>
          <AudienceFields own={own} />
          <Form.Item name="channel" label={t('plans.channel')}><Select options={channelKinds.map((value) => ({ value, label: t(`messaging:channel.${value}`) }))} onChange={() => form.setFieldValue('arms', draft.arms.map((arm) => ({ ...arm, template: null })))} /></Form.Item>
          <ArmFields channel={draft.channel} arms={draft.arms} />
          <TestFields draft={draft} />
          <ScheduleFields draft={draft} />
          <Collapse ghost items={[{ key: 'more', label: t('plans.more'), forceRender: true, children: <Stack><MoneyFields /><Form.Item name="note" label={t('plans.note')} extra={t('plans.noteHint')}><Input.TextArea maxLength={1_000} autoSize={{ minRows: 2, maxRows: 6 }} /></Form.Item></Stack> }]} />
          <Button type="primary" htmlType="submit" loading={busy}>{t('plans.save')}</Button> <Button onClick={() => navigate(above)}>{t('plans.back')}</Button>
        </Form>
      </Section>
    </EditorLayout>
  );
}
