import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { Button, ConfirmDanger, DescriptionList, Input, Modal, Stack, useAction, useEndpoint, useFormat, useNavigateTo } from '../../../../web/kit.ts';
import { eraseCustomer, listCustomers, readHeldData } from '../../contract.ts';

type Receipt = EndpointReply<typeof eraseCustomer>;

/** Erases a person after their number was typed, and shows the receipt. */
export function EraseDialog({ customerNo, open, onClose }: { customerNo: number; open: boolean; onClose: () => void }) {
  const { t } = useTranslation('customers');
  const [reason, setReason] = useState(t('erase.reasonDefault'));
  const [receipt, setReceipt] = useState<Receipt | null>(null);
  const held = useEndpoint(readHeldData, { params: { customerNo } }, { enabled: open });
  const erase = useAction(eraseCustomer, { invalidates: [listCustomers], onSuccess: setReceipt });
  const counts = useCounts(held.data?.counts ?? {});
  return (
    <>
      <ConfirmDanger
        open={open && receipt === null}
        title={t('erase.title', { no: customerNo })}
        touches={[
          ...counts.filter(({ count }) => count > 0).map(({ label, value }) => t('erase.held', { label, value })),
          t('erase.final'),
        ]}
        name={held.data?.confirmBy ?? String(customerNo)}
        confirmLabel={t('erase.confirm')}
        busy={erase.isPending}
        onConfirm={() => erase.mutate({ params: { customerNo }, body: { confirm: held.data?.confirmBy ?? '', reason: reason.trim() || t('erase.reasonDefault') } })}
        onCancel={onClose}
      >
        <label>
          {t('erase.reason')}
          <Input value={reason} maxLength={200} onChange={(event) => setReason(event.target.value)} />
        </label>
      </ConfirmDanger>
      {receipt && <ReceiptModal receipt={receipt} />}
    </>
  );
}

function ReceiptModal({ receipt }: { receipt: Receipt }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const navigate = useNavigateTo();
  const counts = useCounts(receipt.counts);
  const leave = (): void => navigate('/users', { replace: true });
  return (
    <Modal open title={t('erase.receipt')} onCancel={leave} footer={<Button type="primary" onClick={leave}>{t('erase.toList')}</Button>}>
      <Stack>
        <span>{t('erase.receiptText', { no: receipt.customerNo, when: format.dateTime(receipt.erasedAt) })}</span>
        <DescriptionList columns={2} items={counts} />
      </Stack>
    </Modal>
  );
}

function useCounts(counts: Record<string, number>): { label: string; value: string; count: number }[] {
  const { t } = useTranslation('customers');
  const format = useFormat();
  return Object.entries(counts).map(([name, count]) => ({ label: t(`erase.count.${name}`, { defaultValue: name }), value: format.number(count), count }));
}
