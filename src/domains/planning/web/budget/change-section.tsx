import { useTranslation } from 'react-i18next';
import { Button, Flex, Loaded, Section, Space, useAction, useEndpoint, useFormat } from '../../../../web/kit.ts';
import { decideBudgetChanges, listBudgetChanges, listBudgetLines, listBudgetVersions, readBudget } from '../../contract.ts';

/** Caps that wait for a second person, who takes them together or one by one. */
export function ChangeSection({ planNo }: { planNo: number }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const changes = useEndpoint(listBudgetChanges, { params: { planNo }, query: { pageSize: 200 } });
  const decide = useAction(decideBudgetChanges, { invalidates: [readBudget, listBudgetChanges, listBudgetLines, listBudgetVersions], done: t('budget.decided') });
  const say = (changeNos: number[], isApproved: boolean): void => decide.mutate({ params: { planNo }, body: { changeNos, isApproved, reason: isApproved ? '' : t('budget.refusedReason') } });
  const mine = (changes.data?.rows ?? []).filter(({ mayDecide }) => mayDecide).map(({ changeNo }) => changeNo);
  return (
    <Section title={t('budget.waitingTitle')} extra={mine.length > 1 && <Button size="small" type="primary" loading={decide.isPending} onClick={() => say(mine, true)}>{t('budget.approveAll', { count: mine.length })}</Button>}>
      <Loaded from={changes}>
        {({ rows }) => (
          <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
            {rows.map(({ changeNo, lineName, cap, capBefore, overCap, reason, askedBy, askedAt, mayDecide }) => (
              <li key={changeNo} style={{ paddingBlock: 6 }}>
                <Flex gap="small" wrap align="center" justify="space-between">
                  <span>
                    <div>{t('budget.wish', { name: lineName, before: format.money(capBefore), after: format.money(cap), overCap: t(`budget.overCap.${overCap}`) })}</div>
                    <small>{reason} · {askedBy} · {format.dateTime(askedAt)}</small>
                  </span>
                  {mayDecide
                    ? <Space><Button size="small" onClick={() => say([changeNo], false)}>{t('budget.refuse')}</Button><Button size="small" type="primary" onClick={() => say([changeNo], true)}>{t('budget.approve')}</Button></Space>
                    : <small>{t('budget.otherPerson')}</small>}
                </Flex>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  );
}
