import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, ComputedAt, EmptyState, Flex, Form, FormModal, Input, Loaded, Progress, Section, Select, Stack, StatGrid, Table, Tag, todayIn, Typography, useEndpoint, useFormat, useMay, useSession } from '../../../../web/kit.ts';
import { askTierGrant, listGrowth, listTierGrants, type OwnTier, readTierOf, type TierLine } from '../../contract.ts';
import { DayField } from '../day-field.tsx';
import { TierBadge } from '../members/tier-badge.tsx';
import { GrantsSection } from './grants-section.tsx';

/** The tier of one person: why this one, until when, how far the next, and every change and growth that led to it. */
export default function TierTab({ customerNo }: { customerNo: number }) {
  const { t } = useTranslation('membership');
  const shown = useEndpoint(readTierOf, { params: { customerNo } });
  const mayGrant = useMay('membership.grant');
  const [granting, setGranting] = useState(false);
  return (
    <Loaded from={shown}>
      {({ tier, history, computedAt }) => (tier === null ? <EmptyState title={t('tiers.person.none')} hint={t('tiers.person.noneHint')} /> : (
        <Stack>
          <Standing tier={tier} action={mayGrant && <Button onClick={() => setGranting(true)}>{t('tiers.grant.new')}</Button>} />
          <Section title={t('tiers.person.history')}><History lines={history} /></Section>
          <GrowthSection customerNo={customerNo} />
          <Section title={t('tiers.tab.grants')}><GrantsSection customerNo={customerNo} /></Section>
          <ComputedAt at={computedAt} />
          <GrantForm customerNo={customerNo} tiers={tier.tiers} open={granting} onClose={() => setGranting(false)} />
        </Stack>
      ))}
    </Loaded>
  );
}

function Standing({ tier: { tier, since, sentences, next, keep }, action }: { tier: OwnTier; action: React.ReactNode }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const bar = (label: string, total: number, of: number) => (
    <div>
      <Typography.Text type="secondary">{label}</Typography.Text>
      <Progress percent={Math.min(100, Math.floor((100 * total) / Math.max(of, 1)))} aria-label={label} format={() => `${format.number(total)} / ${format.number(of)}`} size={{ height: 10 }} />
    </div>
  );
  return (
    <Section title={t('tiers.person.why')}>
      <Stack>
        <Flex justify="space-between" align="center" gap={8} wrap>
          <span><TierBadge tier={tier} /> <Typography.Text type="secondary">{t('tiers.person.since', { day: format.date(since) })}</Typography.Text></span>
          {action}
        </Flex>
        {sentences.map((sentence) => <div key={sentence}>{sentence}</div>)}
        <StatGrid>
          {next && bar(t('tiers.person.next', { tier: next.tier.name }), next.total, next.entry)}
          {keep && bar(t('tiers.person.keep'), keep.total, keep.needed)}
        </StatGrid>
      </Stack>
    </Section>
  );
}

const kindColors: Partial<Record<TierLine['kind'], string>> = { rise: 'success', grant: 'success', drop: 'error', grace: 'warning', renew: 'processing' };

function History({ lines }: { lines: TierLine[] }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  return (
    <Table<TierLine>
      rowKey="changeNo" size="small" dataSource={lines} pagination={{ pageSize: 10, hideOnSinglePage: true }} scroll={{ x: 'max-content' }}
      columns={[
        { title: t('tiers.person.time'), render: (_, { at }) => format.date(at) },
        { title: t('tiers.column.state'), render: (_, { kind }) => <Tag color={kindColors[kind]}>{t(`tiers.person.kind.${kind}`)}</Tag> },
        { title: t('tiers.column.tier'), render: (_, { to }) => (to ? <TierBadge tier={to} /> : '') },
        { title: t('tiers.column.reason'), width: 520, render: (_, { sentence }) => sentence },
      ]}
    />
  );
}

function GrowthSection({ customerNo }: { customerNo: number }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const [before, setBefore] = useState<number[]>([]);
  const growth = useEndpoint(listGrowth, { params: { customerNo }, query: { before: before.at(-1), limit: 20 } });
  return (
    <Loaded from={growth}>
      {({ entries, total, next }) => (
        <Section title={`${t('tiers.person.growth')} · ${t('tiers.person.total', { shown: format.number(total) })}`}>
          {entries.length === 0 ? <EmptyState title={t('tiers.person.noGrowth')} hint={t('tiers.person.noGrowthHint')} /> : (
            <Stack>
              <Table
                rowKey="entryNo" size="small" dataSource={entries} pagination={false} scroll={{ x: 'max-content' }}
                columns={[
                  { title: t('tiers.person.time'), render: (_, { occurredAt }) => format.dateTime(occurredAt) },
                  { title: t('tiers.person.amount'), align: 'end', render: (_, { amount }) => <Typography.Text type={amount > 0 ? 'success' : undefined}>{amount > 0 ? '+' : ''}{format.number(amount)}</Typography.Text> },
                  { title: t('tiers.column.reason'), render: (_, { sentence }) => sentence },
                ]}
              />
              {next !== null && <Button block onClick={() => setBefore([...before, next])}>{t('points.more')}</Button>}
            </Stack>
          )}
        </Section>
      )}
    </Loaded>
  );
}

function GrantForm({ customerNo, tiers, open, onClose }: { customerNo: number; tiers: OwnTier['tiers']; open: boolean; onClose: () => void }) {
  const { t } = useTranslation('membership');
  const today = todayIn(useSession().brand.timeZone);
  return (
    <FormModal<typeof askTierGrant, { tier: string; reason: string; from: string; until?: string }>
      open={open}
      endpoint={askTierGrant}
      title={t('tiers.grant.new')}
      submitLabel={t('tiers.grant.submit')}
      initial={{ from: today }}
      request={({ until, ...values }) => ({ params: { customerNo }, body: { ...values, ...(until ? { until } : {}) } })}
      invalidates={[listTierGrants, readTierOf]}
      done={t('tiers.grant.asked')}
      onDone={onClose}
      onCancel={onClose}
    >
      <Typography.Paragraph type="secondary">{t('tiers.grant.hint')}</Typography.Paragraph>
      <Form.Item name="tier" label={t('tiers.grant.tier')} rules={[{ required: true }]}><Select options={tiers.slice(1).map(({ tier }) => ({ value: tier.key, label: tier.name }))} /></Form.Item>
      <Form.Item name="from" label={t('tiers.grant.from')} rules={[{ required: true }]}><DayField /></Form.Item>
      <Form.Item name="until" label={t('tiers.grant.until')} extra={t('tiers.grant.untilHint')}><DayField /></Form.Item>
      <Form.Item name="reason" label={t('tiers.grant.reason')} rules={[{ required: true, whitespace: true }]}><Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} /></Form.Item>
    </FormModal>
  );
}
