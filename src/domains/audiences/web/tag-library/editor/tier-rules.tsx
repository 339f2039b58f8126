import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Flex, Input, Section, Typography, useFormat } from '../../../../../web/kit.ts';
import { DeleteOutlined, PlusOutlined } from '../../../../../web/icons.tsx';
import { everybody, type Rule } from '../../../contract.ts';
import { RuleBuilder } from '../../builder/rule-builder.tsx';
import { useRuleDraft } from '../../editor/use-rule-draft.ts';
import { usePreview } from '../../preview/use-preview.ts';

interface TierRule {
  label: string;
  rule: Rule;
}

interface TierRulesProps {
  tiers: TierRule[];
  isStrict: boolean;
  onChange: (tiers: TierRule[]) => void;
}

const fewest = 2;
const most = 20;

/** Tiers by rules: whoever an earlier one takes is in none of the later. */
export function TierRules({ tiers, isStrict, onChange }: TierRulesProps) {
  const { t } = useTranslation('audiences');
  return (
    <Flex vertical gap="middle">
      {tiers.map((tier, index) => (
        <OneRule
          key={index}
          tier={tier}
          no={index + 1}
          isStrict={isStrict}
          onChange={(next) => onChange(tiers.map((each, i) => (i === index ? next : each)))}
          onRemove={tiers.length > fewest && index === tiers.length - 1 ? () => onChange(tiers.slice(0, -1)) : undefined}
        />
      ))}
      <div><Button type="dashed" icon={<PlusOutlined />} disabled={tiers.length >= most} onClick={() => onChange([...tiers, { label: '', rule: everybody }])}>{t('tags.tier.add')}</Button></div>
    </Flex>
  );
}

function OneRule({ tier, no, isStrict, onChange, onRemove }: { tier: TierRule; no: number; isStrict: boolean; onChange: (tier: TierRule) => void; onRemove?: () => void }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const draft = useRuleDraft(tier.rule);
  const preview = usePreview(draft.written);
  const text = JSON.stringify(draft.written.rule);
  useEffect(() => onChange({ ...tier, rule: draft.written.rule }), [text]);
  const label = (
    <Flex gap="small" align="center">
      <Input variant="filled" aria-label={t('tags.tier.label', { no })} placeholder={t('tags.tier.label', { no })} maxLength={20} value={tier.label} status={tier.label.trim() === '' ? 'warning' : ''} onChange={(event) => onChange({ ...tier, label: event.target.value })} />
      {preview.reply && <Typography.Text type="secondary">{t('tags.people', { shown: format.number(preview.reply.size) })}</Typography.Text>}
    </Flex>
  );
  return (
    <Section title={label} extra={onRemove && <Button type="text" icon={<DeleteOutlined />} aria-label={t('tags.tier.remove', { label: tier.label })} onClick={onRemove} />}>
      <RuleBuilder rule={draft} preview={preview} isStrict={isStrict} />
    </Section>
  );
}
