import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Flex, Form, FormModal, Input, Popconfirm, Section, Stack, Tag, Typography, useAction, useEndpoint, useFormat, useMay } from '../../../../web/kit.ts';
import { listComplaints, openComplaint, settleComplaint } from '../../contract.ts';

/** Who complains gets no marketing until it is settled: told by whoever deals with it, here or by the service desk. */
export function Complaints({ customerNo, beside }: { customerNo: number; beside: ReactNode }) {
  const { t } = useTranslation('messaging');
  const format = useFormat();
  const mayTell = useMay('messaging.complaints');
  const [isOpening, setOpening] = useState(false);
  const { data } = useEndpoint(listComplaints, { params: { customerNo } });
  const settle = useAction(settleComplaint, { invalidates: [listComplaints], done: t('complaints.settled') });
  const complaints = data?.complaints ?? [];
  return (
    <>
      <Flex justify="end" gap="small" wrap>
        {mayTell && <Button onClick={() => setOpening(true)}>{t('complaints.open')}</Button>}
        {beside}
      </Flex>
      {complaints.length > 0 && (
        <Section title={t('complaints.title')}>
          <Stack>
            {complaints.map(({ complaintNo, reference, openedAt, openedBy, settledAt, settledBy }) => (
              <Flex key={complaintNo} gap="small" wrap align="center" justify="space-between">
                <Flex gap="small" wrap align="center">
                  <Tag color={settledAt === null ? 'error' : 'default'}>{t(settledAt === null ? 'complaints.isOpen' : 'complaints.isSettled')}</Tag>
                  {reference !== '' && <strong>{reference}</strong>}
                  <Typography.Text type="secondary">{t('complaints.opened', { by: openedBy, at: format.dateTime(openedAt) })}</Typography.Text>
                  {settledAt !== null && <Typography.Text type="secondary">{t('complaints.ended', { by: settledBy, at: format.dateTime(settledAt) })}</Typography.Text>}
                </Flex>
                {mayTell && settledAt === null && (
                  <Popconfirm title={t('complaints.settleAsk')} onConfirm={() => settle.mutate({ params: { complaintNo } })}><Button size="small">{t('complaints.settle')}</Button></Popconfirm>
                )}
              </Flex>
            ))}
          </Stack>
        </Section>
      )}
      <FormModal<typeof openComplaint, { reference: string }>
        open={isOpening} endpoint={openComplaint} title={t('complaints.open')} submitLabel={t('complaints.open')} initial={{ reference: '' }} done={t('complaints.added')} invalidates={[listComplaints]}
        request={(body) => ({ params: { customerNo }, body })} onDone={() => setOpening(false)} onCancel={() => setOpening(false)}
      >
        <Form.Item name="reference" label={t('complaints.reference')} extra={t('complaints.referenceHint')}><Input maxLength={60} autoFocus /></Form.Item>
      </FormModal>
    </>
  );
}
