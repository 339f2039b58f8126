import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Checkbox, type Column, DataTable, DescriptionList, Drawer, Flex, Form, FormModal, Input, Loaded, Select, Stack, useEndpoint, useFormat, useMay, useSession } from '../../../../web/kit.ts';
import { askBudgetChange, type BudgetEntry, type BudgetLine, enterBudgetInvoice, listBudgetChanges, listBudgetEntries, listBudgetLines, overCaps, readBudget, readBudgetLine } from '../../contract.ts';
import { ProgramPicker } from '../programs/program-picker.tsx';

const changed = [readBudget, listBudgetLines, listBudgetChanges, readBudgetLine, listBudgetEntries];

/** A line with what is held of it and everything that was done to it. */
export function LineDrawer({ planNo, lineNo, onClose }: { planNo: number; lineNo: number; onClose: () => void }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const mayHandle = useMay('planning.budget');
  const [form, setForm] = useState<'invoice' | 'cap' | null>(null);
  const found = useEndpoint(readBudgetLine, { params: { planNo, lineNo } });
  const columns: Column<BudgetEntry>[] = [
    { key: 'at', title: t('budget.entry.at'), render: ({ at }) => format.dateTime(at) },
    { key: 'kind', title: t('budget.entry.kind'), render: ({ kind }) => t(`budget.entry.kinds.${kind}`) },
    { key: 'amount', title: t('budget.entry.amount'), numeric: true, render: ({ amount }) => format.money(amount) },
    { key: 'program', title: t('budget.entry.program'), render: ({ program }) => program || '–' },
    { key: 'note', title: t('budget.entry.note'), render: ({ note }) => note || '–' },
    { key: 'by', title: t('budget.entry.by'), render: ({ by }) => by },
  ];
  return (
    <Drawer open onClose={onClose} size={820} title={found.data?.line.name} destroyOnHidden>
      <Loaded from={found}>
        {({ line, currency }) => (
          <Stack>
            <DescriptionList items={(['cap', 'reserved', 'committed', 'spent', 'free', 'forecast'] as const).map((key) => ({ label: t(`budget.column.${key}`), value: format.money(line[key], currency) }))} />
            {mayHandle && !line.isClosed && <Flex gap="small"><Button onClick={() => setForm('invoice')}>{t('budget.invoice.enter')}</Button><Button disabled={line.openChangeNo !== null} onClick={() => setForm('cap')}>{t('budget.changeCap')}</Button></Flex>}
            <DataTable endpoint={listBudgetEntries} params={{ planNo, lineNo }} columns={columns} rowKey={({ key }) => key} prefix="entries" />
            <CapForm planNo={planNo} line={line} open={form === 'cap'} onClose={() => setForm(null)} />
            <InvoiceForm planNo={planNo} lineNo={lineNo} currency={currency} open={form === 'invoice'} onClose={() => setForm(null)} />
          </Stack>
        )}
      </Loaded>
    </Drawer>
  );
}

function CapForm({ planNo, line, open, onClose }: { planNo: number; line: BudgetLine; open: boolean; onClose: () => void }) {
  const { t } = useTranslation('planning');
  const needed = [{ required: true, message: t('budget.needed') }];
  return (
    <FormModal<typeof askBudgetChange, { cap: string; overCap: BudgetLine['overCap']; reason: string }>
      open={open} endpoint={askBudgetChange} title={t('budget.changeCap')} submitLabel={t('budget.ask')} initial={{ cap: line.cap, overCap: line.overCap }} invalidates={changed}
      request={(body) => ({ params: { planNo, lineNo: line.lineNo }, body })} onDone={onClose} onCancel={onClose}
    >
      <Form.Item name="cap" label={t('budget.column.cap')} extra={t('budget.changeCapHint')} rules={needed}><Input inputMode="decimal" /></Form.Item>
      <Form.Item name="overCap" label={t('budget.column.overCap')}><Select options={overCaps.map((value) => ({ value, label: t(`budget.overCap.${value}`) }))} /></Form.Item>
      <Form.Item name="reason" label={t('budget.reason')} rules={needed}><Input.TextArea rows={2} maxLength={500} /></Form.Item>
    </FormModal>
  );
}

interface Typed {
  program?: string;
  supplier: string;
  number: string;
  invoicedOn: string;
  amount: string;
  note?: string;
  isLast?: boolean;
}

function InvoiceForm({ planNo, lineNo, currency, open, onClose }: { planNo: number; lineNo: number; currency: string; open: boolean; onClose: () => void }) {
  const { t } = useTranslation('planning');
  const { actor } = useSession();
  const needed = [{ required: true, message: t('budget.needed') }];
  const text = (name: keyof Typed, type?: string) => <Form.Item name={name} label={t(`budget.invoice.${name}`)} rules={name === 'note' ? [] : needed}><Input {...(type ? { type } : {})} /></Form.Item>;
  return (
    <FormModal<typeof enterBudgetInvoice, Typed>
      open={open && actor !== null} endpoint={enterBudgetInvoice} title={t('budget.invoice.enter')} submitLabel={t('budget.invoice.save')} invalidates={changed}
      request={({ program = null, note = '', isLast = false, ...said }) => ({ params: { planNo, lineNo }, body: { ...said, program, note, isLast, currency } })} onDone={onClose} onCancel={onClose}
    >
      {text('supplier')}
      {text('number')}
      {text('invoicedOn', 'date')}
      <Form.Item name="amount" label={t('budget.invoice.amount', { currency })} rules={needed}><Input inputMode="decimal" /></Form.Item>
      <Form.Item name="program" label={t('budget.invoice.program')}><ProgramPicker /></Form.Item>
      <Form.Item name="isLast" valuePropName="checked"><Checkbox>{t('budget.invoice.isLast')}</Checkbox></Form.Item>
      {text('note')}
    </FormModal>
  );
}
