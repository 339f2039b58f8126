import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Form, FormModal, Input, Popconfirm, Typography, useAction, useMay } from '../../../../web/kit.ts';
import { listBenefits, listGrants, readBenefit, readMemberBenefits, undoUse, useBenefit } from '../../contract.ts';

const invalidates = [readMemberBenefits, readBenefit, listBenefits, listGrants];

/** Notes at the counter that a member used a benefit, or one of the gifts they were given; a mistake is undone while the page is open. */
export function NoteUse({ customerNo, benefitId, grantNo, name, canUse }: { customerNo: number; benefitId: number; grantNo?: number; name: string; canUse: boolean }) {
  const { t } = useTranslation('membership');
  const mayUse = useMay('membership.checkout');
  const [asked, setAsked] = useState<string | null>(null);
  const [used, setUsed] = useState<string | null>(null);
  const undo = useAction(undoUse, { invalidates, done: t('benefits.use.undone'), onSuccess: () => setUsed(null) });
  if (!mayUse) return null;
  return (
    <>
      {canUse && <Button size="small" onClick={() => setAsked(crypto.randomUUID())}>{t('benefits.use.note')}</Button>}
      {used !== null && (
        <Popconfirm title={t('benefits.use.undoTitle')} onConfirm={() => undo.mutate({ body: { key: crypto.randomUUID(), of: used } })}>
          <Button size="small" type="link" loading={undo.isPending}>{t('benefits.use.undo')}</Button>
        </Popconfirm>
      )}
      <FormModal<typeof useBenefit, { document?: string }>
        open={asked !== null}
        endpoint={useBenefit}
        title={t('benefits.use.note')}
        submitLabel={t('benefits.use.submit')}
        request={({ document }) => ({ body: { key: asked ?? '', customerNo, benefitId, grantNo, document } })}
        invalidates={invalidates}
        done={t('benefits.use.done')}
        onDone={() => {
          setUsed(asked);
          setAsked(null);
        }}
        onCancel={() => setAsked(null)}
      >
        <Typography.Paragraph>{t('benefits.use.hint', { name })}</Typography.Paragraph>
        <Form.Item name="document" label={t('benefits.use.document')} extra={t('benefits.use.documentHint')}><Input maxLength={200} autoFocus autoComplete="off" /></Form.Item>
      </FormModal>
    </>
  );
}
