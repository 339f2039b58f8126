import { useTranslation } from 'react-i18next';
import { Button, Flex, Form, Input, InputNumber, Section, Select, Stack, useEndpoint } from '../../../../web/kit.ts';
import { DeleteOutlined, PlusOutlined } from '../../../../web/icons.tsx';
import { type ChannelKind, listTemplates } from '../../../messaging/contract.ts';
import { campaignLimits } from '../../contract.ts';
import { type ArmDraft, letterOf, newArm } from './campaign-draft.ts';

/** What is sent: one content, or several among which a lot decides. */
export function ArmFields({ channel, arms }: { channel: ChannelKind; arms: readonly ArmDraft[] }) {
  const count = arms.length;
  const { t } = useTranslation('campaigns');
  const templates = useEndpoint(listTemplates, { query: { channel, show: 'usable', pageSize: 200, sort: 'name' } });
  const options = templates.data?.rows.flatMap(({ templateNo, name, approvedVersion }) => (approvedVersion === null ? [] : [{ value: `${templateNo}:${approvedVersion}`, label: `${name} · ${t('plans.templateVersion', { version: approvedVersion })}` }])) ?? [];
  // What a copied campaign sent may be gone since: it is named as such, and not by its numbers.
  const gone = templates.data === undefined ? [] : [...new Set(arms.flatMap(({ template }) => template ?? []))].filter((value) => !options.some((each) => each.value === value))
    .map((value) => ({ value, label: t('plans.templateGone', { template: value.split(':')[0] }), disabled: true }));
  return (
    <Form.List name="arms">
      {(fields, { add, remove }) => (
        <Form.Item label={t('plans.arms')} extra={t('plans.armsHint')}>
          <Stack>
            {fields.map(({ key, name }, at) => (
              <Section key={key} title={count > 1 ? t('plans.arm', { letter: letterOf(at) }) : undefined} extra={count > 1 && <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('plans.removeArm')} onClick={() => remove(name)} />}>
                <Form.Item name={[name, 'template']} label={t('plans.template')} rules={[{ required: true, message: t('plans.needed') }]}><Select showSearch={{ optionFilterProp: 'label' }} loading={templates.isPending} options={[...options, ...gone]} /></Form.Item>
                {count > 1 && (
                  <Flex gap="middle" wrap>
                    <Form.Item name={[name, 'name']} label={t('plans.armName')}><Input maxLength={60} /></Form.Item>
                    <Form.Item name={[name, 'weight']} label={t('plans.weight')}><InputNumber min={1} max={10_000} precision={0} /></Form.Item>
                  </Flex>
                )}
              </Section>
            ))}
            {fields.length < campaignLimits.arms && <Button icon={<PlusOutlined />} onClick={() => add(newArm())}>{t('plans.addArm')}</Button>}
          </Stack>
        </Form.Item>
      )}
    </Form.List>
  );
}
