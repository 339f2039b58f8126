import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Flex, Loaded, Tag, useEndpoint, useFormat, useMay } from '../../../../web/kit.ts';
import { PlusOutlined } from '../../../../web/icons.tsx';
import { listBudgetLines, type Plan } from '../../contract.ts';
import { LineDrawer } from '../budget/line-drawer.tsx';
import { LineForm } from '../budget/line-form.tsx';
import styles from './start.module.css';

/** So many of the dearest are enough to think a budget through; its own page has all. */
const shown = 50;

/** The budget, a line each: for what, when, and how much. */
export function BudgetLines({ plan: { planNo, startsOn } }: { plan: Plan }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const mayKeep = useMay('planning.budget');
  const [opened, setOpened] = useState<number | 'new' | null>(null);
  const lines = useEndpoint(listBudgetLines, { params: { planNo }, query: { pageSize: shown, sort: '-cap' } });
  return (
    <Loaded from={lines}>
      {({ rows, total }) => (
        <Flex vertical gap={8}>
          {rows.map(({ lineNo, name, purpose, stage, fromMonth, untilMonth, cap, openChangeNo, askedCap }) => (
            <div key={lineNo} className={styles.line}>
              <div>
                <Button type="link" style={{ paddingInline: 0 }} onClick={() => setOpened(lineNo)}>{name}</Button>{openChangeNo !== null && <Tag color="gold" style={{ marginInlineStart: 8 }}>{t('budget.waits')}</Tag>}
                <div className={styles.note}>{[t(`budget.purpose.${purpose}`), stage && t(`stage.${stage}`), `${format.period(fromMonth)} – ${format.period(untilMonth)}`].filter(Boolean).join(' · ')}</div>
              </div>
              <span>{format.money(askedCap ?? cap)}</span>
            </div>
          ))}
          {total > rows.length && <span className={styles.note}>{t('start.moreLines', { count: total - rows.length })}</span>}
          {mayKeep && <div><Button icon={<PlusOutlined />} onClick={() => setOpened('new')}>{t('budget.add')}</Button></div>}
          {opened === 'new' && <LineForm planNo={planNo} year={Number(startsOn.slice(0, 4))} onClose={() => setOpened(null)} />}
          {typeof opened === 'number' && <LineDrawer planNo={planNo} lineNo={opened} onClose={() => setOpened(null)} />}
        </Flex>
      )}
    </Loaded>
  );
}
