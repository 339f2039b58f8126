import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Checkbox, Columns, Flex, Input, SegmentedControl, Select, Stack } from '../../../../web/kit.ts';
import { type ImportKind, importKinds } from '../../mapping/fields.ts';
import { ownSource } from '../../mapping/mapping.ts';
import { type Draft, hasRule, refundPrefixOf, withRefundPrefix, withRule } from './draft.ts';

interface RuleFormProps {
  draft: Draft;
  onDraft: (draft: Draft) => void;
  onKind: (kind: ImportKind) => void;
}

const currencies = ['CNY', 'HKD', 'TWD', 'USD', 'EUR', 'GBP', 'JPY', 'SGD', 'AUD', 'CAD', 'MYR', 'THB', 'KRW'];

/** What holds for the whole file: its zone, its currency, what is a refund, what is a repeat. */
export function RuleForm({ draft, onDraft, onKind }: RuleFormProps) {
  const { t } = useTranslation('collect');
  const has = (field: string): boolean => draft.columns.some((one) => one.field === field);
  const set = (part: Partial<Draft>): void => onDraft({ ...draft, ...part });
  return (
    <Columns>
      <Stack>
        <Labelled label={t('imports.rule.kind')}>
          <Select
            aria-label={t('imports.rule.kind')}
            value={draft.kind}
            options={importKinds.map((value) => ({ value, label: t(`imports.kind.${value}`) }))}
            onChange={onKind}
          />
        </Labelled>
        <Labelled label={t('imports.rule.source')} hint={t('imports.rule.sourceHint')}>
          <Input aria-label={t('imports.rule.source')} value={draft.source === ownSource ? '' : draft.source} placeholder={t('imports.rule.sourceOwn')} maxLength={64} allowClear onChange={(event) => set({ source: event.target.value || ownSource })} />
        </Labelled>
        {has('openid') && (
          <Labelled label={t('imports.rule.openIdsOf')} hint={t('imports.rule.openIdsOfHint')}>
            <Input aria-label={t('imports.rule.openIdsOf')} value={draft.openIdsOf ?? ''} maxLength={64} onChange={(event) => set({ openIdsOf: event.target.value || undefined })} />
          </Labelled>
        )}
        <Labelled label={t('imports.rule.timeZone')}>
          <Select
            aria-label={t('imports.rule.timeZone')}
            showSearch
            value={draft.timeZone}
            options={Intl.supportedValuesOf('timeZone').map((value) => ({ value, label: value }))}
            onChange={(timeZone) => set({ timeZone })}
          />
        </Labelled>
        <Labelled label={t('imports.rule.dateOrder')}>
          <Select
            aria-label={t('imports.rule.dateOrder')}
            value={draft.dateOrder}
            options={(['day_first', 'month_first'] as const).map((value) => ({ value, label: t(`imports.rule.${value}`) }))}
            onChange={(dateOrder) => set({ dateOrder })}
          />
        </Labelled>
      </Stack>
      <Stack>
        <Labelled label={t('imports.rule.currency')}>
          <Select
            aria-label={t('imports.rule.currency')}
            showSearch
            value={draft.currency}
            options={[...new Set([draft.currency, ...currencies])].map((value) => ({ value, label: value }))}
            onChange={(currency) => set({ currency })}
          />
        </Labelled>
        {draft.kind === 'order_lines' && <OrderRules draft={draft} onDraft={onDraft} />}
      </Stack>
    </Columns>
  );
}

function OrderRules({ draft, onDraft }: Omit<RuleFormProps, 'onKind'>) {
  const { t } = useTranslation('collect');
  const channel = (text: string): Draft => {
    const { channel: _, ...others } = draft.defaults;
    return { ...draft, defaults: text === '' ? others : { ...others, channel: text } };
  };
  const has = (field: string): boolean => draft.columns.some((one) => one.field === field);
  return (
    <>
      <Labelled label={t('imports.rule.channel')}>
        <Input aria-label={t('imports.rule.channel')} value={draft.defaults.channel ?? ''} maxLength={100} onChange={(event) => onDraft(channel(event.target.value))} />
      </Labelled>
      <Labelled label={t('imports.rule.refundPrefix')}>
        <Input aria-label={t('imports.rule.refundPrefix')} value={refundPrefixOf(draft)} maxLength={20} onChange={(event) => onDraft(withRefundPrefix(draft, event.target.value))} />
      </Labelled>
      <Checkbox checked={hasRule(draft, 'quantity_negative')} onChange={(event) => onDraft(withRule(draft, 'quantity_negative', event.target.checked))}>
        {t('imports.rule.quantityNegative')}
      </Checkbox>
      <Checkbox checked={hasRule(draft, 'amount_negative')} onChange={(event) => onDraft(withRule(draft, 'amount_negative', event.target.checked))}>
        {t('imports.rule.amountNegative')}
      </Checkbox>
      {has('paid_amount') && (
        <Labelled label={t('imports.rule.paidAmount')}><SegmentedControl
          label={t('imports.rule.paidAmount')}
          value={draft.rules.paidAmount}
          options={(['before_refund', 'after_refund'] as const).map((value) => ({ value, label: t(`imports.rule.${value}`) }))}
          onChange={(paidAmount) => onDraft({ ...draft, rules: { ...draft.rules, paidAmount } })}
        /></Labelled>
      )}
      {has('paid_at') && (
        <Labelled label={t('imports.rule.unpaid')}><SegmentedControl
          label={t('imports.rule.unpaid')}
          value={draft.rules.unpaid}
          options={(['skip', 'keep'] as const).map((value) => ({ value, label: t(`imports.rule.${value}`) }))}
          onChange={(unpaid) => onDraft({ ...draft, rules: { ...draft.rules, unpaid } })}
        /></Labelled>
      )}
      <Labelled label={t('imports.rule.duplicates')}><SegmentedControl
        label={t('imports.rule.duplicates')}
        value={draft.duplicates}
        options={[{ value: 'keep' as const, label: t('imports.rule.keepRepeats') }, { value: 'skip' as const, label: t('imports.rule.skipRepeats') }]}
        onChange={(duplicates) => onDraft({ ...draft, duplicates })}
      /></Labelled>
    </>
  );
}

/** A control with its name above and, where it helps, a word below. */
function Labelled({ label, hint, children }: { label: string; hint?: string; children: ReactNode }) {
  return (
    <Flex vertical gap="small">
      <label>{label}</label>
      {children}
      {hint && <small>{hint}</small>}
    </Flex>
  );
}
