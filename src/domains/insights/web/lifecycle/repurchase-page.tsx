import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Columns, Loaded, PageHeader, Section, Select, Sentence, Stack, Table, TrendChart, Typography, useEndpoint, useFormat } from '../../../../web/kit.ts';
import { type PeopleOf, readRepurchase, type Repurchase } from '../../contract.ts';
import { ModelStatus } from '../models/model-status.tsx';
import { PeopleDrawer } from '../people/people-drawer.tsx';

const shows = [readRepurchase];
const mostCompared = 6;

/** When the second purchase comes, of each category and of all, and who is in the days in which it does. */
export default function RepurchasePage() {
  const { t } = useTranslation('insights');
  const [of, setOf] = useState<PeopleOf | null>(null);
  const found = useEndpoint(readRepurchase);
  return (
    <Stack>
      <PageHeader title={t('repurchase.title')} subtitle={t('repurchase.subtitle')} />
      <ModelStatus kind="repurchase" shows={shows}>
        <Loaded from={found}>
          {({ windows, leftOut }) => windows && (
            <Stack>
              <Summary all={windows[0]} />
              <Curves windows={windows} />
              <Windows windows={windows} onPeople={setOf} />
              {leftOut > 0 && <Typography.Text type="secondary">{t('repurchase.leftOut', { count: leftOut })}</Typography.Text>}
              <Typography.Text type="secondary">{t('repurchase.rule')}</Typography.Text>
            </Stack>
          )}
        </Loaded>
      </ModelStatus>
      <PeopleDrawer of={of} onClose={() => setOf(null)} />
    </Stack>
  );
}

function Summary({ all: { buyers, came, within180, best } }: { all: Repurchase }) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const percent = (share: number): string => format.percent(share, 1);
  return (
    <Sentence>
      {t('repurchase.summaryShort', { buyers: format.number(buyers), came: format.number(came) })}
      {within180 && best && ` ${t('repurchase.summary', { share: percent(within180.share), low: percent(within180.low), high: percent(within180.high), from: best.from, to: best.to })}`}
    </Sentence>
  );
}

/** What a category is called; null is all of them. */
function useCategoryName(): (category: string | null) => string {
  const { t } = useTranslation('insights');
  return (category) => (category === null ? t('repurchase.all') : category === '' ? t('repurchase.noCategory') : category);
}

/** Curves of the categories that are compared, over one scale of days. */
function Curves({ windows }: { windows: Repurchase[] }) {
  const { t } = useTranslation('insights');
  const nameOf = useCategoryName();
  const [chosen, setChosen] = useState<number[]>(() => windows.slice(0, 3).map((_, place) => place));
  const shown = chosen.flatMap((place) => windows[place] ?? []);
  const longest = Math.max(...shown.map((window) => window.longest), 1);
  const days = useMemo(() => {
    const step = Math.max(1, Math.ceil(longest / 120));
    return Array.from({ length: Math.floor(longest / step) + 1 }, (_, i) => i * step);
  }, [longest]);
  const series = (of: 'share' | 'rate') => shown.map((window) => ({
    name: nameOf(window.category),
    values: days.map((day) => (day > window.longest ? null : (window.curve.findLast((point) => point.day <= day)?.[of] ?? null))),
  }));
  const categories = days.map((day) => t('repurchase.dayNo', { day }));
  return (
    <Section title={t('repurchase.compare')} extra={(
      <Select mode="multiple" maxCount={mostCompared} maxTagCount="responsive" style={{ minWidth: 220 }} aria-label={t('repurchase.compare')} value={chosen} onChange={(places) => setChosen(places.length > 0 ? places : [0])}
        showSearch={{ optionFilterProp: 'label' }} options={windows.map(({ category }, place) => ({ value: place, label: nameOf(category) }))} />
    )}>
      <Stack>
        <Typography.Text type="secondary">{t('repurchase.curveHint')}</Typography.Text>
        <Columns>
          <TrendChart title={t('repurchase.curve')} unit="percent" heading={t('repurchase.day')} categories={categories} series={series('share')} />
          <TrendChart title={t('repurchase.chance')} unit="percent" heading={t('repurchase.day')} categories={categories} series={series('rate')} />
        </Columns>
      </Stack>
    </Section>
  );
}

/** Every category with its days and shares, and one click to who is in its window now. */
function Windows({ windows, onPeople }: { windows: Repurchase[]; onPeople: (of: PeopleOf) => void }) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const nameOf = useCategoryName();
  const share = (within: Repurchase['within180']): string => (within ? `${format.percent(within.share, 1)} (${format.percent(within.low, 1)}–${format.percent(within.high, 1)})` : t('repurchase.unknown'));
  const rows = windows.map((window, place) => ({ ...window, key: place }));
  return (
    <Section title={t('repurchase.table')}>
      <Table
        size="small" rowKey="key" dataSource={rows} pagination={{ pageSize: 20, hideOnSinglePage: true }} scroll={{ x: 1000 }}
        columns={[
          { title: t('repurchase.column.category'), fixed: 'left', width: 130, render: (_, { category }) => nameOf(category) },
          { title: t('repurchase.column.buyers'), align: 'right', sorter: (a, b) => a.buyers - b.buyers, render: (_, { buyers }) => format.number(buyers) },
          { title: t('repurchase.column.came'), align: 'right', sorter: (a, b) => a.came - b.came, render: (_, { came }) => format.number(came) },
          { title: t('repurchase.column.median'), align: 'right', sorter: (a, b) => (a.quartiles[1] ?? Infinity) - (b.quartiles[1] ?? Infinity), render: (_, { quartiles: [, median] }) => (median === null ? t('repurchase.never') : format.number(median)) },
          { title: t('repurchase.column.ofWhoCame'), align: 'right', render: (_, { ofWhoCame }) => ofWhoCame.join(' · ') || '–' },
          { title: t('repurchase.column.within180'), align: 'right', sorter: (a, b) => (a.within180?.share ?? 0) - (b.within180?.share ?? 0), render: (_, { within180 }) => share(within180) },
          { title: t('repurchase.column.within365'), align: 'right', sorter: (a, b) => (a.within365?.share ?? 0) - (b.within365?.share ?? 0), render: (_, { within365 }) => share(within365) },
          { title: t('repurchase.column.best'), render: (_, { best }) => (best ? <>{t('repurchase.window', best)}<br /><Typography.Text type="secondary">{t('repurchase.peak', { day: best.peak })}</Typography.Text></> : '–') },
          { title: t('repurchase.column.due'), render: (_, { best, category }) => best && <Button type="link" size="small" onClick={() => onPeople({ kind: 'repurchase', category, from: best.from, to: best.to })}>{t('repurchase.open')}</Button> },
        ]}
      />
    </Section>
  );
}
