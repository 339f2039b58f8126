import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { App, Checkbox, Form, FormModal, Input, Remark, Select } from '../../../../web/kit.ts';
import {
  askBudgetChange, type BudgetLine, closeBudgetLine, enterBudgetInvoice, handKinds, listBudgetChanges, listBudgetEntries, listBudgetLines, listBudgetVersionChanges, listBudgetVersions, orderBudget, overCaps, readBudget, readBudgetLine, takeBackBudgetInvoice,
} from '../../contract.ts';
import { DayInput } from '../projects/forms/fields.tsx';
import { ProgramPicker } from '../programs/program-picker.tsx';
import { typedAmount } from './typed-amount.ts';

const changed = [readBudget, listBudgetLines, listBudgetChanges, readBudgetLine, listBudgetEntries, listBudgetVersions, listBudgetVersionChanges];

export interface LineFormProps {
  planNo: number;
  line: BudgetLine;
  currency: string;
  open: boolean;
  onClose: () => void;
}

/** Closes a form, and says where what was entered went beyond a cap that lets it through. */
function useEntered({ line, onClose }: Pick<LineFormProps, 'line' | 'onClose'>): (entered: { isOver: boolean }) => void {
  const { t } = useTranslation('planning');
  const { message } = App.useApp();
  return ({ isOver }) => {
    if (isOver) void message.warning(t('budget.entry.overNow', { name: line.name }));
    onClose();
  };
}

/** Another cap, or another end of it. */
export function CapForm({ planNo, line, open, onClose }: LineFormProps) {
  const { t } = useTranslation('planning');
  const needed = [{ required: true, message: t('budget.needed') }];
  return (
    <FormModal<typeof askBudgetChange, { cap: string; overCap: BudgetLine['overCap']; reason: string }>
      open={open} endpoint={askBudgetChange} title={t('budget.changeCap')} submitLabel={t('budget.ask')} initial={{ cap: line.cap, overCap: line.overCap }} invalidates={changed}
      request={({ cap, ...said }) => ({ params: { planNo, lineNo: line.lineNo }, body: { ...said, cap: typedAmount(cap) } })} onDone={onClose} onCancel={onClose}
    >
      <Form.Item name="cap" label={t('budget.column.cap')} extra={t('budget.changeCapHint')} rules={needed}><Input inputMode="decimal" /></Form.Item>
      <Form.Item name="overCap" label={t('budget.column.overCap')} rules={needed}><Select options={overCaps.map((value) => ({ value, label: t(`budget.overCap.${value}`) }))} /></Form.Item>
      <ReasonField />
    </FormModal>
  );
}

/** Reserves, commits, spends or releases where no program does it by itself. A second click is the same order. */
export function HandForm({ planNo, line, currency, open, onClose }: LineFormProps) {
  const { t } = useTranslation('planning');
  const key = useRef('');
  const entered = useEntered({ line, onClose });
  if (!open || key.current === '') key.current = crypto.randomUUID();
  const needed = [{ required: true, message: t('budget.needed') }];
  return (
    <FormModal<typeof orderBudget, { kind: (typeof handKinds)[number]; program: string; amount?: string; reason: string }>
      open={open} endpoint={orderBudget} title={t('budget.byHand')} submitLabel={t('budget.hand.save')} initial={{ kind: 'reserve' }} invalidates={changed}
      request={({ amount = '', ...said }) => ({ params: { planNo, lineNo: line.lineNo }, body: { ...said, amount: typedAmount(amount) === '' ? null : typedAmount(amount), key: key.current } })} onDone={entered} onCancel={onClose}
    >
      <Form.Item name="kind" label={t('budget.entry.kind')} rules={needed}><Select options={handKinds.map((value) => ({ value, label: t(`budget.entry.kinds.${value}`) }))} /></Form.Item>
      <Form.Item name="program" label={t('budget.invoice.program')} rules={needed}><ProgramPicker /></Form.Item>
      <Form.Item noStyle dependencies={['kind']}>
        {({ getFieldValue }) => {
          const isRelease = getFieldValue('kind') === 'release';
          return <Form.Item name="amount" label={t('budget.invoice.amount', { currency })} rules={isRelease ? [] : needed} {...(isRelease ? { extra: t('budget.hand.allHint') } : {})}><Input inputMode="decimal" /></Form.Item>;
        }}
      </Form.Item>
      <ReasonField />
    </FormModal>
  );
}

/** The end of a line. */
export function CloseForm({ planNo, line, open, onClose }: LineFormProps) {
  const { t } = useTranslation('planning');
  return (
    <FormModal<typeof closeBudgetLine, { reason: string }>
      open={open} endpoint={closeBudgetLine} title={t('budget.closing.title', { name: line.name })} submitLabel={t('budget.closing.save')} invalidates={changed}
      request={(body) => ({ params: { planNo, lineNo: line.lineNo }, body })} onDone={onClose} onCancel={onClose}
    >
      <Remark>{t('budget.closing.hint')}</Remark>
      <ReasonField />
    </FormModal>
  );
}

/** An invoice that was typed in wrongly. */
export function TakeBackForm({ planNo, lineNo, invoiceNo, onClose }: { planNo: number; lineNo: number; invoiceNo: number; onClose: () => void }) {
  const { t } = useTranslation('planning');
  return (
    <FormModal<typeof takeBackBudgetInvoice, { reason: string }>
      open endpoint={takeBackBudgetInvoice} title={t('budget.invoice.takeBackAsk')} submitLabel={t('budget.invoice.takeBack')} invalidates={changed}
      request={(body) => ({ params: { planNo, lineNo, invoiceNo }, body })} onDone={onClose} onCancel={onClose}
    >
      <Remark>{t('budget.invoice.takeBackHint')}</Remark>
      <ReasonField />
    </FormModal>
  );
}

function ReasonField() {
  const { t } = useTranslation('planning');
  return <Form.Item name="reason" label={t('budget.reason')} rules={[{ required: true, whitespace: true, message: t('budget.needed') }]}><Input.TextArea rows={2} maxLength={500} /></Form.Item>;
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

/** An invoice, which is spent. */
export function InvoiceForm({ planNo, line, currency, open, onClose }: LineFormProps) {
  const { t } = useTranslation('planning');
  const entered = useEntered({ line, onClose });
  const needed = [{ required: true, message: t('budget.needed') }];
  const text = (name: keyof Typed, maxLength: number) => <Form.Item name={name} label={t(`budget.invoice.${name}`)} rules={name === 'note' ? [] : needed}><Input maxLength={maxLength} /></Form.Item>;
  return (
    <FormModal<typeof enterBudgetInvoice, Typed>
      open={open} endpoint={enterBudgetInvoice} title={t('budget.invoice.enter')} submitLabel={t('budget.invoice.save')} invalidates={changed}
      request={({ program = null, note = '', isLast = false, amount, ...said }) => ({ params: { planNo, lineNo: line.lineNo }, body: { ...said, amount: typedAmount(amount), program, note, isLast, currency } })} onDone={entered} onCancel={onClose}
    >
      {text('supplier', 80)}
      {text('number', 60)}
      <Form.Item name="invoicedOn" label={t('budget.invoice.invoicedOn')} rules={needed}><DayInput /></Form.Item>
      <Form.Item name="amount" label={t('budget.invoice.amount', { currency })} rules={needed}><Input inputMode="decimal" /></Form.Item>
      <Form.Item name="program" label={t('budget.invoice.program')}><ProgramPicker /></Form.Item>
      <Form.Item name="isLast" valuePropName="checked"><Checkbox>{t('budget.invoice.isLast')}</Checkbox></Form.Item>
      {text('note', 500)}
    </FormModal>
  );
}
