import { useTranslation } from 'react-i18next';
import { Form, Input, Select, useEndpoint } from '../../../../web/kit.ts';
import { listReviewTags, reviewOutcomes, reviewParts } from '../../contract.ts';

/** The questions of a review, one after the other. */
export function ReviewFields() {
  const { t } = useTranslation('planning');
  const tags = useEndpoint(listReviewTags);
  return (
    <>
      <Form.Item name="outcome" label={t('reviews.outcome')} rules={[{ required: true, message: t('projects.needed') }]}><Select options={reviewOutcomes.map((value) => ({ value, label: t(`reviews.outcomes.${value}`) }))} /></Form.Item>
      {reviewParts.map((part) => (
        <Form.Item key={part} name={part} label={t(`reviews.parts.${part}`)} extra={t(`reviews.hints.${part}`)}><Input.TextArea maxLength={10_000} showCount={{ formatter: ({ count }) => (count > 8_000 ? `${count} / 10000` : '') }} autoSize={{ minRows: 3, maxRows: 16 }} /></Form.Item>
      ))}
      <Form.Item name="tags" label={t('reviews.tags')} extra={t('reviews.tagsHint')}><Select mode="tags" maxCount={10} tokenSeparators={[',', '，', '、']} options={(tags.data?.tags ?? []).map(({ tag }) => ({ value: tag, label: tag }))} /></Form.Item>
    </>
  );
}
