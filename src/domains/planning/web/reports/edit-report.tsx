import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, Button, Flex, Input, Section, Stack, useAction } from '../../../../web/kit.ts';
import { editPlanReport, type PlanReport, type PlanReportSection, readPlanReport } from '../../contract.ts';

type Draft = Omit<PlanReportSection, 'lines'> & { text: string };
const linesOf = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter((line) => line !== '');

/** A report as it is edited: a line each. What somebody else wrote meanwhile is never written over; then one is told, and what was typed stays. */
export function EditReport({ planNo, report: { reportNo, version, sections }, onDone }: { planNo: number; report: PlanReport; onDone: () => void }) {
  const { t } = useTranslation('planning');
  const [draft, setDraft] = useState<Draft[]>(sections.map(({ lines, ...section }) => ({ ...section, text: lines.join('\n') })));
  const save = useAction(editPlanReport, { invalidates: [readPlanReport], done: t('reports.saved'), onSuccess: onDone });
  const change = (at: number, part: Partial<Draft>): void => setDraft(draft.map((each, n) => (n === at ? { ...each, ...part } : each)));
  const isReady = draft.length > 0 && draft.every(({ title }) => title.trim() !== '');
  return (
    <Stack>
      <Alert type="info" showIcon title={t('reports.editHint')} />
      {draft.map(({ title, text }, at) => (
        <Section key={at} title={<Input aria-label={t('reports.sectionTitle')} value={title} maxLength={120} onChange={({ target }) => change(at, { title: target.value })} />} extra={<Button type="text" size="small" danger onClick={() => setDraft(draft.filter((_, n) => n !== at))}>{t('reports.removeSection')}</Button>}>
          <Input.TextArea aria-label={title} value={text} maxLength={20_000} autoSize={{ minRows: 2 }} onChange={({ target }) => change(at, { text: target.value })} />
        </Section>
      ))}
      <Flex gap="small" wrap>
        <Button onClick={() => setDraft([...draft, { key: 'own', title: t('reports.newSection'), text: '' }])}>{t('reports.addSection')}</Button>
        <Button type="primary" loading={save.isPending} disabled={!isReady} onClick={() => save.mutate({ params: { planNo, reportNo }, body: { version, sections: draft.map(({ text, ...section }) => ({ ...section, lines: linesOf(text) })) } })}>{t('reports.save')}</Button>
        <Button onClick={onDone}>{t('reports.cancel')}</Button>
      </Flex>
    </Stack>
  );
}
