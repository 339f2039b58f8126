import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Flex, Form, FormModal, Input, Link, Loaded, Section, Space, useAction, useEndpoint, useFormat, useMay } from '../../../../web/kit.ts';
import { type BudgetChange, decideBudgetChanges, listBudgetChanges, listBudgetLines, listBudgetVersionChanges, listBudgetVersions, readBudget, readBudgetLine } from '../../contract.ts';
import { useWho } from '../frame/use-who.ts';

const changed = [readBudget, readBudgetLine, listBudgetChanges, listBudgetLines, listBudgetVersions, listBudgetVersionChanges];
/** More than this are looked at one after the other. */
const atOnce = 200;
const shownFirst = 8;

/** Caps that wait for a second person, who takes them together or one by one. */
export function ChangeSection({ planNo, waiting }: { planNo: number; waiting: number }) {
  const { t } = useTranslation('planning');
  const [showsAll, setShowsAll] = useState(false);
  const [refused, setRefused] = useState<BudgetChange | null>(null);
  const mayAddStaff = useMay('access.staff');
  const changes = useEndpoint(listBudgetChanges, { params: { planNo }, query: { pageSize: atOnce } });
  const decide = useAction(decideBudgetChanges, { invalidates: changed, done: t('budget.decided') });
  const approve = (changeNos: number[]): void => decide.mutate({ params: { planNo }, body: { changeNos, isApproved: true, reason: '' } });
  const mine = (changes.data?.rows ?? []).filter(({ mayDecide }) => mayDecide).map(({ changeNo }) => changeNo);
  return (
    <Section title={t('budget.waitingTitle')} extra={mine.length > 1 && <Button size="small" type="primary" loading={decide.isPending} onClick={() => approve(mine)}>{t('budget.approveAll', { count: mine.length })}</Button>}>
      <Loaded from={changes}>
        {({ rows }) => (
          <>
            <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>{rows.slice(0, showsAll ? atOnce : shownFirst).map((change) => <Wish key={change.changeNo} change={change} isBusy={decide.isPending} onApprove={() => approve([change.changeNo])} onRefuse={() => setRefused(change)} />)}</ul>
            {rows.length > shownFirst && <Button type="link" style={{ paddingInline: 0 }} onClick={() => setShowsAll(!showsAll)}>{showsAll ? t('budget.fewer') : t('budget.all', { count: waiting })}</Button>}
            {mine.length === 0 && mayAddStaff && <Link to="/settings/staff">{t('budget.addSecond')}</Link>}
          </>
        )}
      </Loaded>
      <FormModal<typeof decideBudgetChanges, { reason: string }>
        open={refused !== null} endpoint={decideBudgetChanges} title={t('budget.refuseTitle', { name: refused?.lineName })} submitLabel={t('budget.refuse')} invalidates={changed} done={t('budget.decided')}
        request={({ reason }) => ({ params: { planNo }, body: { changeNos: refused ? [refused.changeNo] : [], isApproved: false, reason } })} onDone={() => setRefused(null)} onCancel={() => setRefused(null)}
      >
        <Form.Item name="reason" label={t('budget.reason')} rules={[{ required: true, whitespace: true, message: t('budget.needed') }]}><Input.TextArea rows={2} maxLength={500} /></Form.Item>
      </FormModal>
    </Section>
  );
}

function Wish({ change: { lineName, cap, capBefore, overCap, reason, askedBy, askedAt, mayDecide }, isBusy, onApprove, onRefuse }: { change: BudgetChange; isBusy: boolean; onApprove: () => void; onRefuse: () => void }) {
  const { t } = useTranslation('planning');
  const who = useWho();
  const format = useFormat();
  return (
    <li style={{ paddingBlock: 6 }}>
      <Flex gap="small" wrap align="center" justify="space-between">
        <span>
          <div>{t('budget.wish', { name: lineName, before: format.money(capBefore), after: format.money(cap), overCap: t(`budget.overCap.${overCap}`) })}</div>
          <small>{reason} · {who(askedBy)} · {format.dateTime(askedAt)}</small>
        </span>
        {mayDecide
          ? <Space><Button size="small" onClick={onRefuse}>{t('budget.refuse')}</Button><Button size="small" type="primary" disabled={isBusy} onClick={onApprove}>{t('budget.approve')}</Button></Space>
          : <small>{t('budget.otherPerson')}</small>}
      </Flex>
    </li>
  );
}
