import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Alert, Button, ComputedAt, EmptyState, Flex, Link, Loaded, Section, Select, Stack, Table, type TableProps, Tabs, Tag, useEndpoint, useFormat, useMay, useSearchState } from '../../../../web/kit.ts';
import { AuditOutlined, PlusOutlined } from '../../../../web/icons.tsx';
import { type CardHead, listCards, type PersonScore, type Plan, type PlanPeriod } from '../../contract.ts';
import { PlanPage } from '../frame/plan-page.tsx';
import { sorted, useItemActions, useItems } from '../frame/use-items.tsx';
import { Calibration } from './calibration.tsx';
import { OpenForm } from './open-form.tsx';
import { PeriodReview } from './period-review.tsx';
import { stateColors } from './state-colors.ts';
import { TemplateForm, type TemplateItem } from './template-form.tsx';
import { usePartText } from './use-part-text.ts';

const chosen = z.object({ tab: z.enum(['cards', 'templates', 'calibration', 'review']).default('cards'), period: z.string().optional() });

/** Totals that were still being counted are looked at again. */
const countingMs = 2_000;

/** How people and positions are scored. */
export default function KpiPage() {
  const { t } = useTranslation('planning');
  return <PlanPage title={t('kpi.title')} subtitle={t('kpi.subtitle')}>{(plan) => <Kpi key={plan.planNo} plan={plan} />}</PlanPage>;
}

function Kpi({ plan: { planNo } }: { plan: Plan }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const mayPeople = useMay('planning.people');
  const [{ tab, period }, change] = useSearchState(chosen);
  const [isCounting, setCounting] = useState(false);
  const cards = useEndpoint(listCards, { params: { planNo }, query: { ...(period && { period: period as PlanPeriod }) } }, { refreshMs: isCounting ? countingMs : false });
  const counts = cards.data?.cards.some(({ isPending }) => isPending) ?? false;
  useEffect(() => setCounting(counts), [counts]);
  return (
    <Stack>
      <Tabs
        activeKey={tab} onChange={(next) => change({ tab: next as 'cards' })}
        items={[
          { key: 'cards', label: t('kpi.cards') },
          { key: 'templates', label: t('kpi.templates') },
          ...(mayPeople ? [{ key: 'calibration', label: t('kpi.calibration') }, { key: 'review', label: t('kpi.review.title') }] : []),
        ]}
      />
      {tab === 'templates' ? <Templates planNo={planNo} onOpened={(of) => change({ tab: 'cards', period: of })} /> : (
        <Loaded from={cards}>
          {({ cards: all, people, period: shown, periods, computedAt }) => {
            if (all.length === 0) return <EmptyState icon={<AuditOutlined />} title={t('kpi.none')} hint={t(mayPeople ? 'kpi.noneHint' : 'kpi.noneOwnHint')} action={mayPeople && <Button type="primary" onClick={() => change({ tab: 'templates' })}>{t('kpi.templates')}</Button>} />;
            return (
              <>
                <Flex gap="small" wrap align="center"><Select aria-label={t('kpi.period')} value={shown} onChange={(next) => change({ period: next })} options={periods.map((value) => ({ value, label: format.period(value) }))} style={{ minWidth: 140 }} /></Flex>
                {tab === 'review' && shown !== null ? <PeriodReview planNo={planNo} period={shown} /> : tab === 'cards'
                  ? <Cards cards={all} people={people} />
                  : <Calibration cards={all} />}
                {tab !== 'review' && <ComputedAt at={computedAt} />}
              </>
            );
          }}
        </Loaded>
      )}
    </Stack>
  );
}

function Cards({ cards, people }: { cards: CardHead[]; people: PersonScore[] }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const text = usePartText();
  const columns: TableProps<CardHead>['columns'] = [
    { key: 'person', title: t('kpi.person'), sorter: (a, b) => a.person.name.localeCompare(b.person.name), render: (_, { cardNo, person, isOwn }) => <><Link to={`/plan/kpi/${cardNo}`}>{person.name}</Link>{isOwn && <> <Tag>{t('kpi.own')}</Tag></>}</> },
    { key: 'position', title: t('kpi.position'), render: (_, { position }) => position },
    { key: 'team', title: t('kpi.team'), filters: [...new Set(cards.map(({ team }) => team))].map((team) => ({ value: team, text: team || '–' })), onFilter: (value, { team }) => team === value, render: (_, { team }) => team || '–' },
    { key: 'days', title: t('kpi.days'), render: (_, { from, until }) => `${format.date(from)} – ${format.date(until)}` },
    { key: 'state', title: t('kpi.state'), filters: (['open', 'frozen', 'appealed'] as const).map((value) => ({ value, text: t(`kpi.states.${value}`) })), onFilter: (value, { state }) => state === value, render: (_, { state, moved }) => <><Tag color={stateColors[state]}>{t(`kpi.states.${state}`)}</Tag>{moved > 0 && <> <Tag color="warning">{t('kpi.movedDays', { count: moved })}</Tag></>}</> },
    { key: 'total', title: t('kpi.total'), align: 'end', sorter: (a, b) => Number(a.total ?? -1) - Number(b.total ?? -1), render: (_, { total, isPending }) => (isPending ? t('kpi.counting') : text.score(total)) },
  ];
  return (
    <>
      <Table<CardHead> rowKey="cardNo" size="middle" columns={columns} dataSource={cards} scroll={{ x: 'max-content' }} pagination={cards.length > 20 ? { pageSize: 20 } : false} />
      {people.length > 0 && <Alert type="info" showIcon title={t('kpi.byDays')} description={people.map(({ person, of, total, isPending }) => <div key={of[0].cardNo}>{t(isPending ? 'kpi.byDaysCounting' : 'kpi.byDaysOf', { name: person.name, count: of.length, total: text.score(total), of: of.map(({ position, weight }) => t('kpi.byDaysPart', { position, weight: format.number(weight, 2) })).join(t('document.comma')) })}</div>)} />}
    </>
  );
}

function Templates({ planNo, onOpened }: { planNo: number; onOpened: (period: string) => void }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const text = usePartText();
  const [mayEdit, mayPeople] = [useMay('planning.edit'), useMay('planning.people')];
  const [form, setForm] = useState<TemplateItem | 'new' | null>(null);
  const [opening, setOpening] = useState<TemplateItem | null>(null);
  const items = useItems(planNo, ['scorecard']);
  const actions = useItemActions(planNo);
  const add = mayEdit && <Button type="primary" icon={<PlusOutlined />} onClick={() => setForm('new')}>{t('kpi.newTemplate')}</Button>;
  return (
    <Loaded from={items}>
      {(read) => {
        const templates = sorted<'scorecard'>(read).of('scorecard');
        return (
          <Stack>
            {templates.length === 0 ? <EmptyState icon={<AuditOutlined />} title={t('kpi.noTemplates')} hint={t('kpi.noTemplatesHint')} action={add} /> : <div>{add}</div>}
            {templates.map((item) => (
              <Section
                key={item.itemNo} title={item.body.name}
                extra={(
                  <Flex gap={4} wrap>
                    {mayEdit && <Button size="small" onClick={() => setForm(item)}>{t('kpi.editTemplate')}</Button>}
                    {mayEdit && <Button size="small" type="text" danger onClick={() => void actions.remove(item.itemNo).catch(() => undefined)}>{t('goals.remove')}</Button>}
                    {mayPeople && <Button size="small" type="primary" onClick={() => setOpening(item)}>{t('kpi.open')}</Button>}
                  </Flex>
                )}
              >
                <Table
                  rowKey="key" size="small" pagination={false} dataSource={item.body.parts} scroll={{ x: 'max-content' }}
                  columns={[
                    { key: 'name', title: t('kpi.part'), render: (_, part) => <>{part.name} <Tag>{t(`kpi.kinds.${part.kind}`)}</Tag></> },
                    { key: 'what', title: t('kpi.measured'), render: (_, part) => text.what(part) },
                    { key: 'curve', title: t('kpi.curve'), render: (_, part) => text.curve(part) },
                    { key: 'weight', title: t('kpi.weight'), align: 'end', render: (_, part) => format.number(part.weight, 4) },
                  ]}
                />
              </Section>
            ))}
            {form && <TemplateForm planNo={planNo} item={form === 'new' ? null : form} onClose={() => setForm(null)} />}
            {opening && <OpenForm planNo={planNo} template={opening} onClose={() => setOpening(null)} onOpened={onOpened} />}
          </Stack>
        );
      }}
    </Loaded>
  );
}
