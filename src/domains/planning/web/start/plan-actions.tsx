import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Form, FormModal, Input, useAction } from '../../../../web/kit.ts';
import { editPlan, listPlans, type Plan } from '../../contract.ts';

/** What a plan is called, and whether it is the one that counts. */
export function PlanActions({ plan: { planNo, name, isCurrent } }: { plan: Plan }) {
  const { t } = useTranslation('planning');
  const [isNaming, setNaming] = useState(false);
  const edit = useAction(editPlan, { invalidates: [listPlans] });
  return (
    <>
      <Button onClick={() => setNaming(true)}>{t('start.rename')}</Button>
      {!isCurrent && <Button loading={edit.isPending} onClick={() => edit.mutate({ params: { planNo }, body: { isCurrent: true } })}>{t('start.makeCurrent')}</Button>}
      <FormModal<typeof editPlan, { name: string }>
        endpoint={editPlan} open={isNaming} title={t('start.rename')} submitLabel={t('start.save')} initial={{ name }} invalidates={[listPlans]}
        request={({ name: said }) => ({ params: { planNo }, body: { name: said } })} onDone={() => setNaming(false)} onCancel={() => setNaming(false)}
      >
        <Form.Item name="name" label={t('start.name')} rules={[{ required: true }]}><Input maxLength={80} autoFocus /></Form.Item>
      </FormModal>
    </>
  );
}
