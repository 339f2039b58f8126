import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Flex, Form, FormDrawer, Input, MonthField, Select } from '../../../../web/kit.ts';
import { type BudgetLineDefinition, budgetPurposes, changeBudgetLine, createBudgetLine, lanes, listBudgetChanges, listBudgetLines, overCaps, readBudget, readBudgetLine, stageKeys } from '../../contract.ts';
import type { LineFormProps } from './line-forms.tsx';
import { typedAmount } from './typed-amount.ts';

type About = Omit<BudgetLineDefinition, 'cap' | 'overCap'>;

/** A new line: what it is for, and what it is to spend once somebody else approved it. */
export function LineForm({ planNo, year, onClose }: { planNo: number; year: number; onClose: () => void }) {
  const { t } = useTranslation('planning');
  return (
    <FormDrawer<typeof createBudgetLine, BudgetLineDefinition>
      open endpoint={createBudgetLine} title={t('budget.add')} submitLabel={t('budget.ask')} done={t('budget.asked')} invalidates={[readBudget, listBudgetLines, listBudgetChanges]}
      initial={{ purpose: 'messages', overCap: 'stop', fromMonth: `${year}-01`, untilMonth: `${year}-12` }}
      request={({ stage = null, lane = null, cap, ...said }) => ({ params: { planNo }, body: { ...said, cap: typedAmount(cap), stage, lane } })} onDone={onClose} onCancel={onClose}
    >
      <AboutFields>
        <Form.Item name="cap" label={t('budget.column.cap')} rules={[{ required: true, message: t('budget.needed') }]} extra={t('budget.capHint')}><Input inputMode="decimal" /></Form.Item>
        <Form.Item name="overCap" label={t('budget.column.overCap')} rules={[{ required: true }]} extra={t('budget.overCapHint')}><Select options={overCaps.map((value) => ({ value, label: t(`budget.overCap.${value}`) }))} /></Form.Item>
      </AboutFields>
    </FormDrawer>
  );
}

/** What a line is called and what it is for; what it may spend is changed elsewhere. */
export function ChangeLineForm({ planNo, line, open, onClose }: LineFormProps) {
  const { t } = useTranslation('planning');
  const { name, purpose, channel, costCentre, fromMonth, untilMonth, stage, lane, version, lineNo } = line;
  return (
    <FormDrawer<typeof changeBudgetLine, About>
      open={open} endpoint={changeBudgetLine} title={t('budget.about')} submitLabel={t('budget.saveAbout')} invalidates={[readBudget, listBudgetLines, readBudgetLine]}
      initial={{ name, purpose, channel, costCentre, fromMonth, untilMonth, stage, lane }}
      request={(said) => ({ params: { planNo, lineNo }, body: { ...said, stage: said.stage ?? null, lane: said.lane ?? null, version } })} onDone={onClose} onCancel={onClose}
    >
      <AboutFields />
    </FormDrawer>
  );
}

function AboutFields({ children }: { children?: ReactNode }) {
  const { t } = useTranslation('planning');
  const needed = [{ required: true, message: t('budget.needed') }];
  const words = (keys: readonly string[], at: string) => keys.map((value) => ({ value, label: t(`${at}.${value}`) }));
  const text = (name: string, isNeeded = false) => <Form.Item name={name} label={t(`budget.column.${name}`)} rules={isNeeded ? needed : []}><Input /></Form.Item>;
  return (
    <>
      {text('name', true)}
      <Form.Item name="purpose" label={t('budget.column.purpose')} rules={needed}><Select options={words(budgetPurposes, 'budget.purpose')} /></Form.Item>
      {children}
      <Flex gap="middle">
        {(['fromMonth', 'untilMonth'] as const).map((name) => <Form.Item key={name} name={name} label={t(`budget.column.${name}`)} rules={needed} style={{ flex: 1 }}><MonthField style={{ width: '100%' }} /></Form.Item>)}
      </Flex>
      <Form.Item name="stage" label={t('budget.column.stage')}><Select allowClear options={words(stageKeys, 'stage')} /></Form.Item>
      <Form.Item name="lane" label={t('budget.column.lane')}><Select allowClear options={words(lanes, 'lane')} /></Form.Item>
      {text('channel')}
      {text('costCentre')}
    </>
  );
}
