import { useTranslation } from 'react-i18next';
import { Form, FormDrawer, Input, Select } from '../../../../web/kit.ts';
import { type BudgetLineDefinition, budgetPurposes, createBudgetLine, lanes, listBudgetChanges, listBudgetLines, overCaps, readBudget, stageKeys } from '../../contract.ts';

/** A new line: what it is for, and what it is to spend once somebody else approved it. */
export function LineForm({ planNo, year, onClose }: { planNo: number; year: number; onClose: () => void }) {
  const { t } = useTranslation('planning');
  const needed = [{ required: true, message: t('budget.needed') }];
  const words = (keys: readonly string[], at: string) => keys.map((value) => ({ value, label: t(`${at}.${value}`) }));
  const text = (name: string, isNeeded = false, hint?: string) => <Form.Item name={name} label={t(`budget.column.${name}`)} rules={isNeeded ? needed : []} extra={hint}><Input /></Form.Item>;
  return (
    <FormDrawer<typeof createBudgetLine, BudgetLineDefinition>
      open endpoint={createBudgetLine} title={t('budget.add')} submitLabel={t('budget.ask')} done={t('budget.asked')} invalidates={[readBudget, listBudgetLines, listBudgetChanges]}
      initial={{ purpose: 'messages', overCap: 'stop', fromMonth: `${year}-01`, untilMonth: `${year}-12` }}
      request={({ stage = null, lane = null, ...said }) => ({ params: { planNo }, body: { ...said, stage, lane } })} onDone={onClose} onCancel={onClose}
    >
      {text('name', true)}
      <Form.Item name="purpose" label={t('budget.column.purpose')} rules={needed}><Select options={words(budgetPurposes, 'budget.purpose')} /></Form.Item>
      {text('cap', true, t('budget.capHint'))}
      <Form.Item name="overCap" label={t('budget.column.overCap')} extra={t('budget.overCapHint')}><Select options={words(overCaps, 'budget.overCap')} /></Form.Item>
      {text('fromMonth', true, t('budget.monthHint'))}
      {text('untilMonth', true)}
      <Form.Item name="stage" label={t('budget.column.stage')}><Select allowClear options={words(stageKeys, 'stage')} /></Form.Item>
      <Form.Item name="lane" label={t('budget.column.lane')}><Select allowClear options={words(lanes, 'lane')} /></Form.Item>
      {text('channel')}
      {text('costCentre')}
    </FormDrawer>
  );
}
