import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, type Column, DataTable, EmptyState, Tag, Tooltip, Typography, useFormat } from '../../../../web/kit.ts';
import { CompassOutlined } from '../../../../web/icons.tsx';
import { type BudgetLine, budgetPurposes, lanes, listBudgetLines, overCaps, stageKeys } from '../../contract.ts';
import { Free } from './free.tsx';
import { LineDrawer } from './line-drawer.tsx';
import { type SaidReturn, useReturned } from './use-returned.ts';

const colors: Record<(typeof overCaps)[number], string> = { stop: 'red', warn: 'orange', ignore: 'default' };

/** Every line with what is planned, held, spent, expected and returned side by side; each opens with its history. */
export function LineTable({ planNo, year, currency }: { planNo: number; year: number; currency: string }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const say = useReturned(currency);
  const [opened, setOpened] = useState<number | null>(null);
  const money = (key: 'cap' | 'reserved' | 'committed' | 'spent' | 'free' | 'forecast', isSortable = true): Column<BudgetLine> => ({ key, title: t(`budget.column.${key}`), numeric: true, sortable: isSortable, render: (line) => format.money(line[key], currency) });
  const columns: Column<BudgetLine>[] = [
    { key: 'name', title: t('budget.column.name'), sortable: true, render: ({ lineNo, name, openChangeNo, isFromPositions, isOver, isClosed }) => <><Button type="link" style={{ paddingInline: 0 }} onClick={() => setOpened(lineNo)}>{name}</Button>{isFromPositions && <Tag style={{ marginInlineStart: 8 }}>{t('budget.people.tag')}</Tag>}{isOver && !isClosed && <Tag style={{ marginInlineStart: 8 }}>{t('budget.isOver')}</Tag>}{openChangeNo !== null && <Tag color="gold" style={{ marginInlineStart: 8 }}>{t('budget.waits')}</Tag>}</> },
    { key: 'purpose', title: t('budget.column.purpose'), render: ({ purpose }) => t(`budget.purpose.${purpose}`) },
    { key: 'stage', title: t('budget.column.stage'), optional: true, render: ({ stage }) => (stage ? t(`stage.${stage}`) : '–') },
    { key: 'lane', title: t('budget.column.lane'), optional: true, render: ({ lane }) => (lane ? t(`lane.${lane}`) : '–') },
    { key: 'fromMonth', title: t('budget.months'), sortable: true, render: ({ fromMonth, untilMonth }) => `${format.period(fromMonth)} – ${format.period(untilMonth)}` },
    money('cap'), money('reserved'), money('committed'), money('spent'), { ...money('free', false), render: ({ free }) => <Free free={free} currency={currency} /> }, money('forecast', false),
    { key: 'returned', title: t('budget.returned'), numeric: true, render: ({ returned }) => <Returned {...say(returned)} /> },
    { key: 'overCap', title: t('budget.column.overCap'), render: ({ overCap }) => <Tag color={colors[overCap]}>{t(`budget.overCap.${overCap}`)}</Tag> },
  ];
  const filter = (key: string, label: string, values: readonly string[], words: string) => ({ key, label, options: values.map((value) => ({ value, label: t(`${words}.${value}`) })) });
  return (
    <>
      <DataTable
        endpoint={listBudgetLines} params={{ planNo }} query={{ year }} columns={columns} rowKey={({ lineNo }) => lineNo} searchPlaceholder={t('budget.search')}
        filters={[filter('purpose', t('budget.column.purpose'), budgetPurposes, 'budget.purpose'), filter('stage', t('budget.column.stage'), stageKeys, 'stage'), filter('lane', t('budget.column.lane'), lanes, 'lane'), filter('state', t('budget.state'), ['open', 'closed'], 'budget.states')]}
        empty={<EmptyState icon={<CompassOutlined />} title={t('budget.none')} hint={t('budget.noneHint')} />}
      />
      {opened !== null && <LineDrawer planNo={planNo} lineNo={opened} onClose={() => setOpened(null)} />}
    </>
  );
}

/** What came back; grey where that may be chance. */
function Returned({ amount, note, isUntold }: SaidReturn) {
  return <Tooltip title={note}>{isUntold ? <Typography.Text type="secondary">{amount}</Typography.Text> : <span>{amount}</span>}</Tooltip>;
}
