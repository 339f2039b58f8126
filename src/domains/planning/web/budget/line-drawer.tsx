import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, Button, type Column, DataTable, DescriptionList, Drawer, Flex, Loaded, Remark, Stack, Tag, Typography, useEndpoint, useFormat, useMay } from '../../../../web/kit.ts';
import { type BudgetEntry, listBudgetEntries, readBudgetLine } from '../../contract.ts';
import { useWho } from '../frame/use-who.ts';
import { useProgramNames } from '../programs/use-program-names.tsx';
import { CapForm, CloseForm, HandForm, InvoiceForm, TakeBackForm } from './line-forms.tsx';
import { ChangeLineForm } from './line-form.tsx';
import { Free } from './free.tsx';
import { VacantAlert } from './vacant-alert.tsx';
import { LinePrograms } from './line-programs.tsx';

const figures = ['cap', 'reserved', 'committed', 'spent', 'free', 'forecast'] as const;
type FormName = 'invoice' | 'hand' | 'cap' | 'about' | 'close';

/** A line with what is held of it and by whom, and everything that was done to it. */
export function LineDrawer({ planNo, lineNo, onClose }: { planNo: number; lineNo: number; onClose: () => void }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const mayHandle = useMay('planning.budget');
  const [form, setForm] = useState<FormName | null>(null);
  const found = useEndpoint(readBudgetLine, { params: { planNo, lineNo } });
  return (
    <Drawer open onClose={onClose} size={860} title={found.data?.line.name} destroyOnHidden>
      <Loaded from={found}>
        {({ line, vacant, currency }) => {
          const props = (name: FormName) => ({ planNo, line, currency, open: form === name, onClose: () => setForm(null) });
          const button = (name: FormName, words: string, isDisabled = false, danger = false) => <Button danger={danger} disabled={isDisabled} onClick={() => setForm(name)}>{t(words)}</Button>;
          return (
            <Stack>
              {line.isOver && !line.isClosed && <Alert type={line.overCap === 'stop' ? 'info' : 'warning'} showIcon title={t(`budget.monthsOver.${line.overCap}`)} />}
              {line.askedCap !== null && <Alert type="info" showIcon title={t('budget.waitsFor', { amount: format.money(line.askedCap, currency) })} />}
              <DescriptionList
                items={[
                  ...figures.map((key) => ({ label: t(`budget.column.${key}`), value: key === 'free' ? <Free free={line.free} currency={currency} /> : format.money(line[key], currency) })),
                  { label: t('budget.column.overCap'), value: t(`budget.overCap.${line.overCap}`) },
                  { label: t('budget.state'), value: <Tag>{t(`budget.states.${line.isClosed ? 'closed' : 'open'}`)}</Tag> },
                ]}
              />
              {mayHandle && !line.isClosed && (
                <Flex gap="small" wrap>
                  {button('invoice', 'budget.invoice.enter')}{button('hand', 'budget.byHand')}{!line.isFromPositions && <>{button('cap', 'budget.changeCap', line.openChangeNo !== null)}{button('about', 'budget.about')}</>}
                  {button('close', 'budget.closing.open', false, true)}
                </Flex>
              )}
              {line.isFromPositions && <Remark>{t('budget.people.hint')}</Remark>}
              {vacant && <VacantAlert vacant={vacant} currency={currency} />}
              <LinePrograms planNo={planNo} lineNo={lineNo} currency={currency} isClosed={line.isClosed} />
              <EntryTable planNo={planNo} lineNo={lineNo} currency={currency} mayTakeBack={mayHandle && !line.isClosed} />
              <CapForm {...props('cap')} /><HandForm {...props('hand')} /><InvoiceForm {...props('invoice')} /><CloseForm {...props('close')} />
              {form === 'about' && <ChangeLineForm {...props('about')} />}
            </Stack>
          );
        }}
      </Loaded>
    </Drawer>
  );
}

function EntryTable({ planNo, lineNo, currency, mayTakeBack }: { planNo: number; lineNo: number; currency: string; mayTakeBack: boolean }) {
  const { t } = useTranslation('planning');
  const who = useWho();
  const format = useFormat();
  const nameOf = useProgramNames();
  const [wrong, setWrong] = useState<number | null>(null);
  const columns: Column<BudgetEntry>[] = [
    { key: 'at', title: t('budget.entry.at'), render: ({ at }) => format.dateTime(at) },
    { key: 'kind', title: t('budget.entry.kind'), render: ({ kind, isOver }) => <>{t(`budget.entry.kinds.${kind}`)}{isOver && <Tag color="warning" style={{ marginInlineStart: 8 }}>{t('budget.entry.over')}</Tag>}</> },
    { key: 'amount', title: t('budget.entry.amount'), numeric: true, render: ({ kind, amount }) => (kind === 'close' ? '–' : format.money(amount, currency)) },
    { key: 'program', title: t('budget.entry.program'), render: ({ program }) => (program ? nameOf(program) : '–') },
    { key: 'note', title: t('budget.entry.note'), render: ({ note, invoiceNo, isTakenBack }) => <>{note || '–'}{isTakenBack && <Tag style={{ marginInlineStart: 8 }}>{t('budget.invoice.takenBack')}</Tag>}{mayTakeBack && invoiceNo !== null && <Button type="link" size="small" onClick={() => setWrong(invoiceNo)}>{t('budget.invoice.takeBack')}</Button>}</> },
    { key: 'by', title: t('budget.entry.by'), render: ({ by }) => who(by) },
  ];
  return <><Typography.Title level={5} style={{ margin: 0 }}>{t('budget.entry.title')}</Typography.Title><DataTable endpoint={listBudgetEntries} params={{ planNo, lineNo }} columns={columns} rowKey={({ key }) => key} prefix="entries" />{wrong !== null && <TakeBackForm planNo={planNo} lineNo={lineNo} invoiceNo={wrong} onClose={() => setWrong(null)} />}</>;
}
