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
  return (
    <Drawer open onClose={onClose} size={640} title={t('budget.import')}>
      <Stack>
        <FileDrop accept=".xlsx" hint={t('budget.importHint')} onFile={(file) => void read(file)} />
        {found && found.problems.length > 0 && <Alert type="error" showIcon title={t('budget.problems', { count: found.problems.length })} description={<ul>{found.problems.map(({ cell, text }, i) => <li key={i}><b>{cell}</b> {text}</li>)}</ul>} />}
        {found && <Alert type="info" showIcon title={t('budget.preview', { changed: found.rows.length, unchanged: found.unchanged })} description={<ul>{found.rows.slice(0, 100).map(({ row, definition: { name, cap }, capBefore }) => <li key={row}>{name}: {capBefore === null ? t('budget.newLine') : format.money(capBefore)} → {format.money(cap)}</li>)}</ul>} />}
        {found && found.problems.length === 0 && found.rows.length > 0 && workbook !== null && <Button type="primary" loading={take.isPending} onClick={() => take.mutate({ params: { planNo }, body: { workbook } })}>{t('budget.confirm')}</Button>}
      </Stack>
    </Drawer>
  );
}
