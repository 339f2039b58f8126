import { useTranslation } from 'react-i18next';
import { Flex, Form, Input, InputNumber, Select, Switch } from '../../../../web/kit.ts';
import { judgements } from '../../contract.ts';
import type { CampaignDraft } from './campaign-draft.ts';

/** Who is left out, and how a test of several contents ends. */
export function TestFields({ draft }: { draft: CampaignDraft }) {
  const { t } = useTranslation('campaigns');
  const isWithout = (draft.holdoutPercent ?? 0) === 0;
  return (
    <>
      <Form.Item name="holdoutPercent" label={t('plans.holdoutShare')} extra={t('plans.holdoutHint')}><InputNumber min={0} max={50} precision={2} suffix={t('plans.percent')} style={{ width: 140 }} /></Form.Item>
      {isWithout && <Form.Item name="holdoutReason" label={t('plans.holdoutReason')} extra={t('plans.holdoutReasonHint')} rules={[{ required: true, whitespace: true, message: t('plans.needed') }]}><Input maxLength={200} /></Form.Item>}
      {draft.arms.length > 1 && <Form.Item name="hasStopRule" label={t('plans.stopRule')} extra={t('plans.stopRuleHint')} valuePropName="checked"><Switch /></Form.Item>}
      {draft.arms.length > 1 && draft.hasStopRule && (
        <Flex gap="middle" wrap>
          <Form.Item name="judgedBy" label={t('plans.judgedBy')}><Select style={{ width: 160 }} options={judgements.map((value) => ({ value, label: t(`plans.judgements.${value}`) }))} /></Form.Item>
          <Form.Item name="leastPeople" label={t('plans.leastPeople')}><InputNumber min={100} max={10_000_000} precision={0} style={{ width: 160 }} /></Form.Item>
          <Form.Item name="levelPercent" label={t('plans.level')} extra={t('plans.levelHint')}><InputNumber min={80} max={99.9} precision={1} suffix={t('plans.percent')} style={{ width: 140 }} /></Form.Item>
        </Flex>
      )}
    </>
  );
}
