import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, Button, ComputedAt, Flex, Form, FormModal, Input, Loaded, Popconfirm, Section, Select, Stack, Table, Tag, Typography, useAction, useEndpoint, useFormat, useMay } from '../../../../web/kit.ts';
import { type CampaignReport, editCampaignReport, listReportReaders, readCampaignReport, type ReportSection, resetCampaignReport, sendCampaignReport } from '../../contract.ts';

const movingMs = 3_000;
const stateColors: Record<CampaignReport['copies'][number]['state'], string> = { waiting: 'processing', handing: 'processing', sent: 'success', failed: 'error', unknown: 'warning' };

/** The report that writes itself: read, edited, sent to colleagues. */
export function ReportTab({ campaignNo }: { campaignNo: number }) {
  const report = useEndpoint(readCampaignReport, { params: { campaignNo } }, { refreshMs: (found) => (found?.copies.some(({ state }) => state === 'waiting' || state === 'handing') ? movingMs : false) });
  return <Loaded from={report}>{(found) => <Shown report={found} />}</Loaded>;
}

function Shown({ report }: { report: CampaignReport }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const mayEdit = useMay('campaigns.edit');
  const [isEditing, setEditing] = useState(false);
  if (isEditing) return <Editing report={report} onDone={() => setEditing(false)} />;
  const { sections, editedBy, editedAt, computedAt } = report;
  return (
    <Stack>
      {mayEdit && (
        <Flex gap="small" wrap>
          <Button onClick={() => setEditing(true)}>{t('report.edit')}</Button>
          <Send campaignNo={report.campaignNo} />
          {editedBy !== null && <Reset campaignNo={report.campaignNo} />}
        </Flex>
      )}
      <Typography.Text type="secondary">{editedBy === null || editedAt === null ? t('report.byItself') : t('report.editedBy', { by: editedBy, at: format.dateTime(editedAt) })}</Typography.Text>
      {sections.map(({ key, title, text }, i) => <Section key={`${key} ${i}`} title={title}>{text.split('\n').map((line, at) => <Typography.Paragraph key={at} style={{ marginBottom: 4 }}>{line}</Typography.Paragraph>)}</Section>)}
      {computedAt && <ComputedAt at={computedAt} />}
      {report.copies.length > 0 && <Copies copies={report.copies} />}
    </Stack>
  );
}

function Editing({ report: { campaignNo, version, sections }, onDone }: { report: CampaignReport; onDone: () => void }) {
  const { t } = useTranslation('campaigns');
  const [draft, setDraft] = useState<ReportSection[]>(sections);
  const save = useAction(editCampaignReport, { invalidates: [readCampaignReport], done: t('plans.saved'), onSuccess: onDone });
  const change = (at: number, part: Partial<ReportSection>): void => setDraft(draft.map((each, i) => (i === at ? { ...each, ...part } : each)));
  return (
    <Stack>
      <Alert type="info" showIcon title={t('report.editHint')} />
      {draft.map((each, at) => (
        <Section key={at} extra={<Button type="text" size="small" danger onClick={() => setDraft(draft.filter((_, i) => i !== at))}>{t('report.removeSection')}</Button>} title={<Input aria-label={t('report.sectionTitle')} value={each.title} maxLength={120} onChange={({ target }) => change(at, { title: target.value })} />}>
          <Input.TextArea aria-label={each.title} value={each.text} maxLength={8_000} autoSize={{ minRows: 2 }} onChange={({ target }) => change(at, { text: target.value })} />
        </Section>
      ))}
      <Flex gap="small" wrap>
        <Button onClick={() => setDraft([...draft, { key: 'own', title: t('report.newSection'), text: '' }])}>{t('report.addSection')}</Button>
        <Button type="primary" loading={save.isPending} disabled={draft.length === 0 || draft.some(({ title }) => title.trim() === '')} onClick={() => save.mutate({ params: { campaignNo }, body: { version, sections: draft } })}>{t('plans.save')}</Button>
        <Button onClick={onDone}>{t('plans.back')}</Button>
      </Flex>
    </Stack>
  );
}

function Reset({ campaignNo }: { campaignNo: number }) {
  const { t } = useTranslation('campaigns');
  const reset = useAction(resetCampaignReport, { invalidates: [readCampaignReport], done: t('plans.turned') });
  return <Popconfirm title={t('report.resetAsk')} onConfirm={() => reset.mutate({ params: { campaignNo } })}><Button danger>{t('report.reset')}</Button></Popconfirm>;
}

function Send({ campaignNo }: { campaignNo: number }) {
  const { t } = useTranslation('campaigns');
  const [isOpen, setOpen] = useState(false);
  const readers = useEndpoint(listReportReaders, {}, { enabled: isOpen });
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('report.send')}</Button>
      <FormModal<typeof sendCampaignReport, { staffIds: number[] }> open={isOpen} endpoint={sendCampaignReport} title={t('report.send')} submitLabel={t('report.send')} request={(body) => ({ params: { campaignNo }, body })} invalidates={[readCampaignReport]} done={t('report.sending')} onDone={() => setOpen(false)} onCancel={() => setOpen(false)}>
        <Form.Item name="staffIds" label={t('report.readers')} rules={[{ required: true, message: t('plans.needed') }]}><Select mode="multiple" maxCount={50} loading={readers.isPending} showSearch={{ optionFilterProp: 'label' }} options={readers.data?.readers.map(({ staffId, name }) => ({ value: staffId, label: name }))} /></Form.Item>
      </FormModal>
    </>
  );
}

function Copies({ copies }: Pick<CampaignReport, 'copies'>) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  return (
    <Section title={t('report.copies')}>
      <Table
        rowKey="copyNo" size="small" pagination={false} dataSource={copies} scroll={{ x: 'max-content' }}
        columns={[
          { key: 'name', title: t('report.reader'), render: (_, { name }) => name },
          { key: 'state', title: t('plans.stateColumn'), render: (_, { state, problem }) => <><Tag color={stateColors[state]}>{t(`report.states.${state}`)}</Tag>{problem !== null && <Typography.Text type="secondary">{t(problem.replace('.', ':problem.'))}</Typography.Text>}</> },
          { key: 'askedAt', title: t('report.askedAt'), render: (_, { askedAt, askedBy }) => `${format.dateTime(askedAt)} · ${askedBy}` },
        ]}
      />
    </Section>
  );
}
