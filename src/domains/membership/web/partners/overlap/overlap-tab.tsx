import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, Button, ComputedAt, EmptyState, Flex, Loaded, Popconfirm, Section, Sentence, Stack, Table, Tag, Tooltip, Typography, useAction, useEndpoint, useFormat } from '../../../../../web/kit.ts';
import { listPartnerHistory, type PartnerEstimate, readPartnerOverlap, removePartnerEstimate } from '../../../contract.ts';
import { EstimateForm } from './estimate-form.tsx';
import { MatchingModal } from './matching-modal.tsx';

const refreshMs = 3_000;

/** How many customers both may have: by lists, by surveys, by what somebody took it for, each with how sure it is. */
export function OverlapTab({ partnerId }: { partnerId: number }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const [isMatching, setMatching] = useState(false);
  const [isAdding, setAdding] = useState(false);
  const overlap = useEndpoint(readPartnerOverlap, { params: { partnerId } }, { refreshMs: (reply) => (reply?.matchings.some(({ state }) => state === 'waiting') ? refreshMs : false) });
  const actions = <Flex gap={8} wrap justify="end"><Button onClick={() => setAdding(true)}>{t('partners.overlap.add')}</Button><Button type="primary" onClick={() => setMatching(true)}>{t('partners.overlap.match')}</Button></Flex>;
  return (
    <Stack>
      {actions}
      <Loaded from={overlap}>
        {({ estimates, matchings, customers, fewestListed, floor, computedAt }) => (
          <Stack>
            {matchings.some(({ state }) => state === 'waiting') && <Alert type="info" showIcon title={t('partners.overlap.waiting')} />}
            {estimates.length > 0 ? <Sentence>{sentence(t, format, surest(estimates))}</Sentence> : <EmptyState title={t('partners.overlap.none')} hint={t('partners.overlap.noneHint')} />}
            {estimates.length > 0 && <EstimateTable partnerId={partnerId} estimates={estimates} />}
            <Typography.Text type="secondary">{t('partners.overlap.explain', { customers: format.number(customers), floor: format.number(floor) })}</Typography.Text>
            <ComputedAt at={computedAt} />
            <MatchingModal partnerId={partnerId} open={isMatching} openMatchings={matchings.filter(({ state }) => state === 'open')} fewestListed={fewestListed} onClose={() => setMatching(false)} />
          </Stack>
        )}
      </Loaded>
      <EstimateForm partnerId={partnerId} open={isAdding} onClose={() => setAdding(false)} />
    </Stack>
  );
}

/** Of several estimates the latest count of lists, else of a survey, else of what somebody took it for. */
const surest = (estimates: PartnerEstimate[]): PartnerEstimate =>
  (['matched', 'survey', 'affinity'] as const).flatMap((kind) => estimates.find((each) => each.kind === kind) ?? [])[0] ?? estimates[0];

type Translate = ReturnType<typeof useTranslation<'membership'>>['t'];
type Format = ReturnType<typeof useFormat>;

function sentence(t: Translate, format: Format, { kind, share, low, high, people, lowPeople, highPeople, isBelowFloor }: PartnerEstimate): string {
  const by = t(`partners.overlap.by.${kind}`);
  if (isBelowFloor) return t('partners.overlap.sentenceBelow', { by, high: format.percent(high) });
  return t('partners.overlap.sentence', { by, share: format.percent(share), low: format.percent(low), high: format.percent(high), people: format.number(people), lowPeople: format.number(lowPeople), highPeople: format.number(highPeople) });
}

function EstimateTable({ partnerId, estimates }: { partnerId: number; estimates: PartnerEstimate[] }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const remove = useAction(removePartnerEstimate, { invalidates: [readPartnerOverlap, listPartnerHistory], done: t('partners.overlap.removed') });
  return (
    <Section title={t('partners.overlap.all')}>
      <Table<PartnerEstimate>
        rowKey="estimateId"
        size="small"
        dataSource={estimates}
        pagination={estimates.length > 10 ? { pageSize: 10 } : false}
        scroll={{ x: 'max-content' }}
        columns={[
          { key: 'kind', title: t('partners.overlap.kind'), render: (_, { kind }) => <Tag>{t(`partners.overlap.kinds.${kind}`)}</Tag> },
          { key: 'share', title: t('partners.overlap.share'), align: 'end', render: (_, row) => (row.isBelowFloor ? t('partners.overlap.below', { high: format.percent(row.high) }) : format.percent(row.share)) },
          { key: 'range', title: <Tooltip title={t('partners.overlap.rangeHint')}><span tabIndex={0}>{t('partners.overlap.range')}</span></Tooltip>, align: 'end', render: (_, { low, high }) => `${format.percent(low)} – ${format.percent(high)}` },
          { key: 'people', title: t('partners.overlap.people'), align: 'end', render: (_, row) => (row.isBelowFloor ? `≤ ${format.number(row.highPeople)}` : format.number(row.people)) },
          { key: 'basis', title: t('partners.overlap.basis'), render: (_, row) => basisText(t, format, row) },
          { key: 'source', title: t('partners.overlap.source'), render: (_, { source }) => source || '–' },
          { key: 'asOf', title: t('partners.overlap.asOf'), render: (_, { asOf }) => format.date(asOf) },
          { key: 'remove', title: '', align: 'end', render: (_, { estimateId }) => <Popconfirm title={t('partners.overlap.removeSure')} onConfirm={() => remove.mutate({ params: { partnerId, estimateId } })}><Button size="small" type="text" danger>{t('partners.remove')}</Button></Popconfirm> },
        ]}
      />
    </Section>
  );
}

function basisText(t: Translate, format: Format, { kind, basis }: PartnerEstimate): string {
  const number = (key: string): string => format.number(Number(basis[key]));
  if (kind === 'survey') return t('partners.overlap.basisOf.survey', { asked: number('asked'), saidYes: number('saidYes') });
  if (kind === 'affinity') return t('partners.overlap.basisOf.affinity', { category: String(basis.category) });
  return t(basis.isBelowFloor ? 'partners.overlap.basisOf.matchedBelow' : 'partners.overlap.basisOf.matched', { compared: number('compared'), listed: number('listed'), matched: number('matched'), by: t(`partners.overlap.matchBy.${String(basis.by)}`) });
}
