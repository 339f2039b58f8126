import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, Button, Drawer, FileDrop, Stack, useAction, useFormat } from '../../../../web/kit.ts';
import { importBudgetWorkbook, listBudgetChanges, listBudgetLines, previewBudgetWorkbook, readBudget } from '../../contract.ts';

/** Takes a workbook after showing what it would change, and what is wrong with which cell. */
export function WorkbookDrawer({ planNo, onClose }: { planNo: number; onClose: () => void }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const [workbook, setWorkbook] = useState<string | null>(null);
  const preview = useAction(previewBudgetWorkbook);
  const take = useAction(importBudgetWorkbook, { invalidates: [readBudget, listBudgetLines, listBudgetChanges], done: t('budget.imported'), onSuccess: onClose });
  const read = async (file: File): Promise<void> => {
    const url = await new Promise<string>((resolve, reject) => {
      const reader = new FileReader();
      reader.onload = () => resolve(String(reader.result));
      reader.onerror = () => reject(reader.error ?? new Error('unreadable'));
      reader.readAsDataURL(file);
    });
    const bytes = url.slice(url.indexOf(',') + 1);
    setWorkbook(bytes);
    preview.mutate({ params: { planNo }, body: { workbook: bytes } });
  };
  const found = preview.data;
  type Row = NonNullable<typeof found>['rows'][number];
  const rowText = ({ definition: { name, cap }, nameBefore, capBefore, changed }: Row): string => {
    const others = changed.filter((column) => column !== 'cap' && column !== 'name').map((column) => t(`budget.column.${column}`));
    const ofCap = capBefore === null || changed.includes('cap') ? [`${capBefore === null ? t('budget.newLine') : format.money(capBefore)} → ${format.money(cap)}`] : [];
    const called = nameBefore === null || nameBefore === name ? name : `${nameBefore} → ${name}`;
    const said = [...ofCap, ...(others.length > 0 ? [t('budget.changedColumns', { columns: others.join(t('positions.comma')) })] : [])];
    return said.length === 0 ? called : `${called}: ${said.join(' · ')}`;
  };
  return (
    <Drawer open onClose={onClose} size={640} title={t('budget.import')}>
      <Stack>
        <FileDrop accept=".xlsx" hint={t('budget.importHint')} onFile={(file) => void read(file)} />
        {found && found.problems.length > 0 && <Alert type="error" showIcon title={t('budget.problems', { count: found.problems.length })} description={<ul style={{ margin: 0, paddingInlineStart: 18 }}>{found.problems.map(({ cell, text }, i) => <li key={i}><b>{cell}</b> {text}</li>)}</ul>} />}
        {found && (found.problems.length === 0 || found.rows.length > 0) && <Alert type="info" showIcon title={t('budget.preview', { changed: found.rows.length, unchanged: found.unchanged })} description={found.rows.length > 0 && <ul style={{ margin: 0, paddingInlineStart: 18 }}>{found.rows.slice(0, 100).map((row) => <li key={row.row}>{rowText(row)}</li>)}</ul>} />}
        {found && found.absent.length > 0 && <Alert type="warning" showIcon title={t('budget.absent', { count: found.absent.length })} description={found.absent.slice(0, 50).join(t('positions.comma'))} />}
        {found && found.problems.length === 0 && found.rows.length > 0 && workbook !== null && <Button type="primary" loading={take.isPending} onClick={() => take.mutate({ params: { planNo }, body: { workbook } })}>{t('budget.confirm')}</Button>}
      </Stack>
    </Drawer>
  );
}
