import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, type Column, DataTable, EmptyState, Flex, Form, FormModal, Input, InputNumber, type RowOf, Select, Tag, Typography, useFormat } from '../../../../../web/kit.ts';
import { decidePartnerDifference, differenceKinds, differenceStates, type DifferenceState, listPartnerComparisons, listPartnerDifferences, listPartnerEntries, listPartnerHistory, readPartnerLedger } from '../../../contract.ts';

type Difference = RowOf<typeof listPartnerDifferences>;
const colors = { open: 'error', accepted: 'processing', rejected: 'warning', settled: 'success' } as const;
/** Where a dispute may go next. */
const next: Record<DifferenceState, DifferenceState[]> = { open: ['accepted', 'rejected'], accepted: ['settled', 'rejected', 'open'], rejected: ['settled', 'accepted', 'open'], settled: [] };

/** What differs, and how each dispute stands. */
export function Differences({ comparisonId }: { comparisonId: number }) {
  const { t } = useTranslation('membership');
  const [decided, setDecided] = useState<Difference | null>(null);
  const columns = useDifferenceColumns(setDecided);
  return (
    <>
      <DataTable
        endpoint={listPartnerDifferences}
        params={{ comparisonId }}
        columns={columns}
        rowKey={({ differenceNo }) => differenceNo}
        prefix="difference"
        filters={[
          { key: 'kind', label: t('partners.difference.kind'), options: differenceKinds.map((value) => ({ value, label: t(`partners.difference.kinds.${value}`) })) },
          { key: 'state', label: t('partners.difference.stateLabel'), options: differenceStates.map((value) => ({ value, label: t(`partners.difference.state.${value}`) })) },
        ]}
        empty={<EmptyState title={t('partners.difference.none')} hint={t('partners.difference.noneHint')} />}
      />
      <DecideForm difference={decided} onClose={() => setDecided(null)} />
    </>
  );
}

function useDifferenceColumns(onDecide: (difference: Difference) => void): Column<Difference>[] {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const side = (amount: string | null, on: string | null) => (amount === null ? null : <Flex vertical>{format.number(amount, 4)}{on && <Typography.Text type="secondary">{format.date(on)}</Typography.Text>}</Flex>);
  return [
    { key: 'reference', title: t('partners.given.reference'), render: ({ reference }) => reference },
    { key: 'kind', title: t('partners.difference.kind'), render: ({ kind }) => t(`partners.difference.kinds.${kind}`) },
    { key: 'ours', title: t('partners.difference.ours'), numeric: true, render: ({ ourAmount, ourOn }) => side(ourAmount, ourOn) },
    { key: 'theirs', title: t('partners.difference.theirs'), numeric: true, render: ({ theirAmount, theirOn }) => side(theirAmount, theirOn) },
    { key: 'state', title: t('partners.difference.stateLabel'), render: ({ state }) => <Tag color={colors[state]}>{t(`partners.difference.state.${state}`)}</Tag> },
    {
      key: 'history', title: t('partners.difference.history'),
      render: ({ history }) => history.length > 0 && history.map((event) => <div key={event.at}>{t('partners.difference.event', { state: t(`partners.difference.state.${event.state}`), when: format.dateTime(event.at), by: event.by })}{event.note && `：${event.note}`}{event.amount !== null && ` (${format.number(event.amount, 4)})`}</div>),
    },
    { key: 'decide', title: '', render: (difference) => difference.state !== 'settled' && <Button size="small" onClick={() => onDecide(difference)}>{t('partners.difference.decide')}</Button> },
  ];
}

interface Values {
  state: DifferenceState;
  note: string;
  amount: string;
}

/** By how much the ledger would have to change for the partner's word to hold. */
const between = ({ ourAmount, theirAmount }: Difference): string => String(Math.round((Number(theirAmount ?? 0) - Number(ourAmount ?? 0)) * 10_000) / 10_000);

function DecideForm({ difference, onClose }: { difference: Difference | null; onClose: () => void }) {
  const { t } = useTranslation('membership');
  const [kept, setKept] = useState(difference);
  // While the form closes it still shows what it was about.
  useEffect(() => {
    if (difference) setKept(difference);
  }, [difference]);
  return (
    <FormModal<typeof decidePartnerDifference, Values>
      open={difference !== null}
      endpoint={decidePartnerDifference}
      title={t('partners.difference.decideOf', { reference: kept?.reference ?? '' })}
      submitLabel={t('partners.save')}
      initial={difference ? { state: next[difference.state][0], note: '', amount: difference.state === 'accepted' ? between(difference) : '0' } : {}}
      request={({ state, note, amount }) => ({ params: { differenceNo: difference?.differenceNo ?? 0 }, body: { version: difference?.version ?? 1, state, note: note ?? '', ...(state === 'settled' ? { amount: String(amount) } : {}) } })}
      invalidates={[listPartnerDifferences, listPartnerComparisons, readPartnerLedger, listPartnerEntries, listPartnerHistory]}
      onDone={onClose}
      onCancel={onClose}
    >
      <Form.Item name="state" label={t('partners.difference.stateLabel')} required><Select options={(kept ? next[kept.state] : []).map((value) => ({ value, label: t(`partners.difference.to.${value}`) }))} /></Form.Item>
      <Form.Item noStyle shouldUpdate={(before: Values, after: Values) => before.state !== after.state}>
        {({ getFieldValue }) => {
          const state = getFieldValue('state') as DifferenceState;
          return (
            <>
              {state === 'settled' && <Form.Item name="amount" label={t('partners.difference.amount')} extra={t('partners.difference.amountHint')} rules={[{ required: true, message: t('partners.needed') }]}><InputNumber<string> stringMode style={{ width: 200 }} /></Form.Item>}
              <Form.Item name="note" label={t('partners.difference.note')} rules={[{ required: state === 'rejected' || state === 'settled', whitespace: true, message: t('partners.difference.noteNeeded') }]}><Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} /></Form.Item>
            </>
          );
        }}
      </Form.Item>
    </FormModal>
  );
}
