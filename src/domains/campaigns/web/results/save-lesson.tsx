import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Form, FormModal, Input, Select, useNavigateTo } from '../../../../web/kit.ts';
import { listLessons, saveLesson } from '../../contract.ts';

interface Draft {
  title: string;
  body: string;
  tags: string[];
}

/** Keeps what a campaign taught, with its result in a sentence. */
export function SaveLesson({ campaignNo }: { campaignNo: number }) {
  const { t } = useTranslation('campaigns');
  const navigate = useNavigateTo();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('results.lesson.save')}</Button>
      <FormModal<typeof saveLesson, Draft> open={isOpen} endpoint={saveLesson} title={t('results.lesson.save')} submitLabel={t('plans.save')} request={(body) => ({ params: { campaignNo }, body })} invalidates={[listLessons]} onDone={() => navigate('/programs/lessons')} onCancel={() => setOpen(false)}>
        <Form.Item name="title" label={t('results.lesson.title')} extra={t('results.lesson.titleHint')} rules={[{ required: true, whitespace: true, message: t('plans.needed') }]}><Input maxLength={120} autoFocus /></Form.Item>
        <Form.Item name="body" label={t('results.lesson.body')} extra={t('results.lesson.bodyHint')}><Input.TextArea maxLength={4_000} autoSize={{ minRows: 3, maxRows: 12 }} /></Form.Item>
        <Form.Item name="tags" label={t('results.lesson.tags')}><Select mode="tags" maxCount={10} open={false} suffixIcon={null} /></Form.Item>
      </FormModal>
    </>
  );
}
