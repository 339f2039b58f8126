import { useTranslation } from 'react-i18next';
import { App, Button, Flex, Form, Input, useMay } from '../../../../web/kit.ts';
import type { ItemBody } from '../../contract.ts';
import { type PlanItem, useItemActions } from '../frame/use-items.tsx';

const questions = ['why', 'business', 'goal'] as const;

/** What a director is answered, a paragraph each. */
export function ConclusionForm({ planNo, conclusion }: { planNo: number; conclusion: PlanItem<'conclusion'> | undefined }) {
  const { t } = useTranslation('planning');
  const { message } = App.useApp();
  const mayEdit = useMay('planning.edit');
  const actions = useItemActions(planNo);
  const save = (said: ItemBody<'conclusion'>): void => {
    const saved = conclusion ? actions.edit(conclusion, said) : actions.add('conclusion', said, { parentNo: null, afterNo: null });
    void saved.then(() => message.success(t('reasons.concluded')), () => undefined);
  };
  return (
    <Form<ItemBody<'conclusion'>> key={conclusion?.version ?? 0} layout="vertical" disabled={!mayEdit} initialValues={conclusion?.body ?? { why: '', business: '', goal: '' }} onFinish={save}>
      {questions.map((question) => <Form.Item key={question} name={question} label={t(`reasons.${question}`)}><Input.TextArea autoSize={{ minRows: 2 }} maxLength={2_000} /></Form.Item>)}
      {mayEdit && <Flex justify="end"><Button htmlType="submit" type="primary" loading={actions.isBusy}>{t('reasons.save')}</Button></Flex>}
    </Form>
  );
}
