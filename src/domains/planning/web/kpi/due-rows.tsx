import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Checkbox, Form, FormModal, Input, useFormat, useMay } from '../../../../web/kit.ts';
import { agreeDueDays, type Card, type CardEvidence, listCards, readCard } from '../../contract.ts';
import styles from './kpi.module.css';

type DueRow = Extract<CardEvidence, { kind: 'progress' }>['rows'][number];

/** Whose day was moved without a second person. */
const isNotAgreed = ({ moved }: DueRow): boolean => moved !== undefined && moved.agreedBy === null;

/** What was due, by the day that counts; where that was moved, both days and whether somebody agreed. */
export function DueRows({ card, rows, asOf }: { card: Card; rows: readonly DueRow[]; asOf: string }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const mayApprove = useMay('planning.approve');
  const [isAgreeing, setAgreeing] = useState(false);
  const open = rows.filter(isNotAgreed);
  const text = ({ name, dueOn, doneOn, saidOn, moved }: DueRow): string => {
    const done = t(doneOn ? 'kpi.doneRow' : 'kpi.openRow', { name, due: format.date(dueOn), done: format.date(doneOn) });
    const row = saidOn ? t('kpi.saidRow', { row: done, day: format.date(saidOn) }) : done;
    if (!moved) return row;
    return t(moved.agreedBy !== null ? 'kpi.agreedRow' : moved.to === null ? 'kpi.goneRow' : 'kpi.movedRow', { row, from: format.date(moved.from), to: format.date(moved.to), by: moved.agreedBy });
  };
  return (
    <div className={styles.small}>
      {rows.map((row) => <div key={row.itemNo}>{text(row)}</div>)}
      {t('kpi.asOf', { day: format.date(asOf) })}
      {open.length > 0 && card.state === 'open' && mayApprove && !card.isOwn && <div><Button size="small" onClick={() => setAgreeing(true)}>{t('kpi.agreeDays')}</Button></div>}
      {isAgreeing && (
        <FormModal<typeof agreeDueDays, { items: number[]; reason: string }>
          open endpoint={agreeDueDays} title={t('kpi.agreeDays')} submitLabel={t('kpi.agreeDays')} initial={{ items: open.map(({ itemNo }) => itemNo), reason: '' }} invalidates={[readCard, listCards]} onCancel={() => setAgreeing(false)} onDone={() => setAgreeing(false)}
          request={({ items, reason }) => ({ params: { cardNo: card.cardNo }, body: { days: open.flatMap(({ itemNo, moved }) => (items.includes(itemNo) ? [{ itemNo, dueOn: moved?.to ?? null }] : [])), reason } })}
        >
          <Form.Item name="items" label={t('kpi.agreeItems')} extra={t('kpi.agreeHint')} rules={[{ required: true, message: t('projects.needed') }]}>
            <Checkbox.Group className={styles.stacked} options={open.map(({ itemNo, name, moved }) => ({ value: itemNo, label: t(moved?.to ? 'kpi.agreeRow' : 'kpi.agreeGoneRow', { name, from: format.date(moved?.from), to: format.date(moved?.to) }) }))} />
          </Form.Item>
          <Form.Item name="reason" label={t('kpi.reason')} rules={[{ required: true, whitespace: true, message: t('projects.needed') }]}><Input.TextArea maxLength={2_000} autoSize={{ minRows: 2 }} /></Form.Item>
        </FormModal>
      )}
    </div>
  );
}
