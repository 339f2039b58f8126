import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndpointReply } from '../../../../../kernel/endpoint.ts';
import { Alert, Button, Form, FormModal, Modal, Sentence, Stack, Table, useFormat } from '../../../../../web/kit.ts';
import { listPartnerContracts, listPartnerHistory, uploadPartnerCodes } from '../../../contract.ts';
import { FileText } from '../fields.tsx';

type Read = EndpointReply<typeof uploadPartnerCodes>;

/** The partner's codes as a file, and then which of its lines were none. */
export function CodesForm({ packNo, open, onClose }: { packNo: number; open: boolean; onClose: () => void }) {
  const { t } = useTranslation('membership');
  const [read, setRead] = useState<Read | null>(null);
  return (
    <>
      <FormModal<typeof uploadPartnerCodes, { text: string }>
        open={open}
        endpoint={uploadPartnerCodes}
        title={t('partners.given.codes')}
        submitLabel={t('partners.upload')}
        request={({ text }) => ({ params: { packNo }, body: { text } })}
        invalidates={[listPartnerContracts, listPartnerHistory]}
        onDone={(reply) => {
          setRead(reply);
          onClose();
        }}
        onCancel={onClose}
      >
        <Form.Item name="text" rules={[{ required: true, message: t('partners.fileNeeded') }]}><FileText hint={t('partners.given.codesHint')} /></Form.Item>
      </FormModal>
      <Modal open={read !== null} title={t('partners.given.codesRead')} footer={<Button type="primary" onClick={() => setRead(null)}>{t('partners.close')}</Button>} onCancel={() => setRead(null)}>
        {read && <CodesRead read={read} />}
      </Modal>
    </>
  );
}

function CodesRead({ read: { lines, added, repeated, known, bad, badCount } }: { read: Read }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const shown = (count: number): string => format.number(count);
  return (
    <Stack>
      <Sentence>{t('partners.given.codesSentence', { lines: shown(lines), added: shown(added), repeated: shown(repeated), known: shown(known), bad: shown(badCount) })}</Sentence>
      {badCount > 0 && (
        <>
          <Alert type="warning" showIcon title={t('partners.given.codesBad', { shown: shown(Math.min(bad.length, badCount)) })} />
          <Table rowKey="line" size="small" dataSource={bad} pagination={bad.length > 10 ? { pageSize: 10 } : false} columns={[
            { key: 'line', title: t('partners.line'), dataIndex: 'line' },
            { key: 'why', title: t('partners.why'), render: (_, { why }) => t(`partners.given.badCode.${why}`) },
          ]} />
        </>
      )}
    </Stack>
  );
}
