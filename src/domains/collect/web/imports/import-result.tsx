import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  addressOf, Alert, Button, ConfirmDanger, DescriptionList, DetailLayout, download, Section, Sentence, Stack, StatGrid, StatTile,
  useAction, useFormat, useMay, useNavigateTo,
} from '../../../../web/kit.ts';
import { downloadRejects, type ImportView, listImports, readImport, undoImport } from '../../imports/contract.ts';
import { FaultTable } from './fault-tables.tsx';
import { MappingView } from './mapping-view.tsx';
import { useResultSentences } from './result-sentences.ts';

/** What an import brought. */
export function ImportResult({ run }: { run: ImportView }) {
  const { t } = useTranslation('collect');
  const format = useFormat();
  const tabs = [
    { key: 'overview', label: t('imports.result.overview'), content: <Outcome run={run} /> },
    { key: 'mapping', label: t('imports.result.mapping'), content: run.mapping ? <MappingView mapping={run.mapping} /> : null },
    { key: 'file', label: t('imports.result.details'), content: <FileDetails run={run} /> },
  ];
  const undone = run.state === 'undone' && <Alert type="info" showIcon title={t('imports.result.undone', { by: run.undoneBy, date: format.dateTime(run.undoneAt) })} />;
  return <DetailLayout header={undone} tabs={tabs} />;
}

function Outcome({ run }: { run: ImportView }) {
  const { t } = useTranslation('collect');
  const format = useFormat();
  const sentences = useResultSentences(run);
  const { summary } = run;
  if (!summary) return <Sentence>{t(run.state === 'failed' ? 'imports.result.failed' : 'imports.result.cancelled')}</Sentence>;
  const { orders, events, counts } = summary;
  const tiles: [label: string, value: string, unit?: string][] = [
    [t('imports.count.rows'), format.number(counts.rows)],
    [t('imports.count.imported'), format.number(counts.accepted)],
    [t('imports.count.rejected'), format.number(counts.rejected)],
    ...(counts.unpaid > 0 ? [[t('imports.count.unpaid'), format.number(counts.unpaid)]] satisfies [string, string][] : []),
    ...(counts.repeated > 0 ? [[t('imports.count.repeated'), format.number(counts.repeated)]] satisfies [string, string][] : []),
    ...(orders ? [
      [t('imports.result.customersCount'), format.number(orders.customers)],
      [t('imports.result.ordersCount'), format.number(orders.orders)],
      [t('imports.result.refundOrders'), format.number(orders.refundOrders)],
      [t('imports.result.net'), format.number(orders.net, 4), summary.currency],
      [t('imports.result.withoutCustomer'), format.number(counts.withoutCustomer)],
    ] satisfies [string, string, string?][] : []),
    ...(events ? [[t('imports.result.customersCount'), format.number(events.customers)]] satisfies [string, string][] : []),
    [t('imports.result.newCustomers'), format.number(summary.newCustomers)],
    [t('imports.result.seconds'), format.duration(summary.seconds * 1_000)],
  ];
  return (
    <Stack>
      {sentences.map((sentence) => <Sentence key={sentence}>{sentence}</Sentence>)}
      {run.kind === 'products' && <Alert type="info" showIcon title={t('imports.result.productsStay')} />}
      <StatGrid computedAt={summary.computedAt}>{tiles.map(([label, value, unit]) => <StatTile key={label} label={label} value={value} unit={unit} />)}</StatGrid>
      {run.rejectsWritten > 0 && (
        <Section title={t('imports.count.rejected')} extra={<Button onClick={() => download(addressOf(downloadRejects, { params: { importId: run.importId } }))}>{t('imports.result.rejects')}</Button>}>
          {run.rejectsWritten < counts.rejected && t('imports.result.rejectsCapped', { rows: format.number(run.rejectsWritten) })}
        </Section>
      )}
      <FaultTable faults={summary.faults} />
    </Stack>
  );
}

/** What can be done with an import that is over: see its people, or take it back. */
export function ResultActions({ run }: { run: ImportView }) {
  const { t } = useTranslation('collect');
  const format = useFormat();
  const navigate = useNavigateTo();
  const [asking, setAsking] = useState(false);
  const undo = useAction(undoImport, { invalidates: [readImport, listImports], onSuccess: () => setAsking(false) });
  const mayUndo = useMay('collect.undo') && run.state === 'done' && run.kind !== 'products';
  return (
    <>
      {run.state === 'done' && <Button onClick={() => navigate('/users')}>{t('imports.result.seeCustomers')}</Button>}
      {mayUndo && <Button danger onClick={() => setAsking(true)}>{t('imports.result.undo')}</Button>}
      <ConfirmDanger
        open={asking}
        title={t('imports.result.undoTitle')}
        touches={[
          t('imports.result.undoFacts', { facts: format.number(run.summary?.counts.facts ?? 0) }),
          t('imports.result.undoCustomers', { customers: format.number(run.summary?.newCustomers ?? 0) }),
          t('imports.result.undoKept'),
          ...(run.kind === 'customers' ? [t('imports.result.undoOther')] : []),
        ]}
        name={run.fileName}
        confirmLabel={t('imports.result.undo')}
        busy={undo.isPending}
        onConfirm={() => undo.mutate({ params: { importId: run.importId } })}
        onCancel={() => setAsking(false)}
      />
    </>
  );
}

function FileDetails({ run }: { run: ImportView }) {
  const { t } = useTranslation('collect');
  const format = useFormat();
  const { inspection } = run;
  return (
    <Section>
      <DescriptionList
        items={[
          { label: t('imports.file.format'), value: `${t(`imports.file.${inspection.format}`)}${inspection.gzipped ? ` · ${t('imports.file.gzipped')}` : ''}` },
          { label: t('imports.file.encoding'), value: inspection.encoding ?? '—' },
          { label: t('imports.file.columns'), value: format.number(inspection.columns.length) },
          { label: t('imports.file.size'), value: format.bytes(run.sizeBytes) },
          { label: t('imports.file.uploaded'), value: format.dateTime(run.createdAt) },
          { label: t('imports.file.by'), value: run.createdBy },
          { label: t('imports.file.started'), value: format.dateTime(run.startedAt) },
          { label: t('imports.file.finished'), value: format.dateTime(run.finishedAt) },
        ]}
      />
    </Section>
  );
}
