import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndpointReply } from '../../../../../kernel/endpoint.ts';
import { Alert, App, Button, CopyOnce, DescriptionList, Form, Modal, Select, Stack, Typography, useAction, useFormAction, useFormat } from '../../../../../web/kit.ts';
import { listPartnerHistory, matchingKinds, openPartnerMatching, readPartnerOverlap, uploadPartnerHashes } from '../../../contract.ts';
import { FileText } from '../fields.tsx';

type Opened = EndpointReply<typeof openPartnerMatching>;
type OpenMatching = EndpointReply<typeof readPartnerOverlap>['matchings'][number];

export interface MatchingModalProps {
  partnerId: number;
  open: boolean;
  openMatchings: OpenMatching[];
  fewestListed: number;
  onClose: () => void;
}

/** First a key for the partner to hash its list with, then the list. */
export function MatchingModal({ partnerId, open, openMatchings, fewestListed, onClose }: MatchingModalProps) {
  const { t } = useTranslation('membership');
  const [opened, setOpened] = useState<Opened | null>(null);
  const [kind, setKind] = useState<(typeof matchingKinds)[number]>('phone');
  useEffect(() => setOpened(null), [open]);
  const make = useAction(openPartnerMatching, { invalidates: [readPartnerOverlap, listPartnerHistory], onSuccess: setOpened });
  return (
    <Modal open={open} title={t('partners.overlap.match')} footer={null} onCancel={onClose} width={640}>
      <Stack>
        <Typography.Text>{t('partners.overlap.matchHow')}</Typography.Text>
        {opened ? <Key opened={opened} kind={kind} /> : (
          <>
            <Select aria-label={t('partners.overlap.matchKind')} value={kind} options={matchingKinds.map((value) => ({ value, label: t(`partners.overlap.matchBy.${value}`) }))} onChange={setKind} />
            <Button type={openMatchings.length === 0 ? 'primary' : 'default'} loading={make.isPending} onClick={() => make.mutate({ params: { partnerId }, body: { kind } })}>{t('partners.overlap.makeKey')}</Button>
          </>
        )}
        {openMatchings.length > 0 && <UploadForm partnerId={partnerId} openMatchings={openMatchings} fewestListed={fewestListed} onDone={onClose} />}
      </Stack>
    </Modal>
  );
}

function Key({ opened: { key, example, endsAt }, kind }: { opened: Opened; kind: string }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  return (
    <Stack>
      <CopyOnce secret={key} hint={t('partners.overlap.keyOnce')} />
      <DescriptionList columns={1} items={[
        { label: t('partners.overlap.form'), value: t(`partners.overlap.formOf.${kind}`) },
        { label: t('partners.overlap.example', { value: example.value }), value: <Typography.Text code>{example.hash}</Typography.Text> },
        { label: t('partners.overlap.endsAt'), value: format.dateTime(endsAt) },
      ]} />
    </Stack>
  );
}

function UploadForm({ partnerId, openMatchings, fewestListed, onDone }: { partnerId: number; openMatchings: OpenMatching[]; fewestListed: number; onDone: () => void }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const { message } = App.useApp();
  const { form, submit, busy, problem } = useFormAction<typeof uploadPartnerHashes, { matchingId: number; text: string }>({
    endpoint: uploadPartnerHashes,
    request: ({ matchingId, text }) => ({ params: { partnerId, matchingId }, body: { text } }),
    invalidates: [readPartnerOverlap, listPartnerHistory],
    onDone: ({ listed, repeated, badCount }) => {
      void message.success(t('partners.overlap.uploaded', { listed: format.number(listed), repeated: format.number(repeated), bad: format.number(badCount) }));
      onDone();
    },
  });
  return (
    <Form form={form} layout="vertical" onFinish={submit} disabled={busy} initialValues={{ matchingId: openMatchings[0]?.matchingId }}>
      <Stack>
        <Alert type="info" showIcon title={t('partners.overlap.uploadHint', { fewest: format.number(fewestListed) })} />
        {problem}
        <div>
          <Form.Item name="matchingId" label={t('partners.overlap.whichKey')}><Select options={openMatchings.map(({ matchingId, kind, madeAt }) => ({ value: matchingId, label: t('partners.overlap.keyOf', { kind: t(`partners.overlap.matchBy.${kind}`), when: format.dateTime(madeAt) }) }))} /></Form.Item>
          <Form.Item name="text" rules={[{ required: true, message: t('partners.fileNeeded') }]}><FileText hint={t('partners.overlap.fileHint')} /></Form.Item>
          <Button type="primary" htmlType="submit" loading={busy}>{t('partners.overlap.compare')}</Button>
        </div>
      </Stack>
    </Form>
  );
}
