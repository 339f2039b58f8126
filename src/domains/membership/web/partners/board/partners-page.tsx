import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Button, ComputedAt, EmptyState, Flex, Input, Link, Loaded, PageHeader, Select, Stack, StageBoard, Tag, useAction, useEndpoint, useFormat, useNavigateTo, useSearchState } from '../../../../../web/kit.ts';
import { createPartner, movePartner, type PartnerCard, type PartnerStage, partnerStages, readPartner, readPartnerBoard } from '../../../contract.ts';
import { PartnerForm } from './partner-form.tsx';

const narrowing = z.object({ q: z.string().max(80).optional(), owner: z.coerce.number().int().optional() });

/** Every partner by its stage, from an idea to its end. */
export default function PartnersPage() {
  const { t } = useTranslation('membership');
  const navigate = useNavigateTo();
  const [{ q, owner }, change] = useSearchState(narrowing);
  const [adding, setAdding] = useState(false);
  const board = useEndpoint(readPartnerBoard, { query: { q, ownerId: owner } });
  const add = <Button type="primary" onClick={() => setAdding(true)}>{t('partners.add')}</Button>;
  return (
    <Stack>
      <PageHeader title={t('partners.title')} subtitle={t('partners.subtitle')} actions={add} />
      <Loaded from={board}>
        {({ board: cards, totals, owners, computedAt }) => {
          const isBare = cards.length === 0 && !q && owner === undefined;
          if (isBare) return <EmptyState title={t('partners.none')} hint={t('partners.noneHint')} action={add} />;
          return (
            <Stack>
              <Flex gap={8} wrap>
                <Input.Search allowClear defaultValue={q} placeholder={t('partners.search')} aria-label={t('partners.search')} style={{ width: 260 }} onSearch={(text) => change({ q: text.trim() || undefined })} />
                <Select allowClear value={owner} placeholder={t('partners.owner')} aria-label={t('partners.owner')} style={{ minWidth: 140 }} options={owners.map(({ staffId, name }) => ({ value: staffId, label: name }))} onChange={(staffId: number | undefined) => change({ owner: staffId })} />
              </Flex>
              <Board cards={cards} totals={totals} />
              <ComputedAt at={computedAt} />
            </Stack>
          );
        }}
      </Loaded>
      <PartnerForm endpoint={createPartner} open={adding} title={t('partners.add')} request={(body) => ({ body })} onDone={({ partnerId }) => navigate(`/members/partners/${partnerId}`)} onClose={() => setAdding(false)} />
    </Stack>
  );
}

function Board({ cards, totals }: { cards: PartnerCard[]; totals: Record<PartnerStage, number> }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  // Until the board is read again a card stands where it was put, with the version it has since.
  const [put, setPut] = useState<{ partnerId: number; version: number; stage: PartnerStage } | null>(null);
  const move = useAction(movePartner, { invalidates: [readPartnerBoard, readPartner], done: t('partners.moved') });
  const shown = cards.map((card) => (put && put.partnerId === card.partnerId && put.version >= card.version ? { ...card, ...put } : card));
  return (
    <StageBoard<PartnerStage>
      stages={partnerStages.map((stage) => ({ key: stage, title: t(`partners.stage.${stage}`), total: format.number(totals[stage]) }))}
      cards={shown.map((card) => ({ key: String(card.partnerId), stage: card.stage, name: card.name, title: <Link to={`/members/partners/${card.partnerId}`}>{card.name}</Link>, body: <CardBody card={card} />, foot: <CardFoot card={card} /> }))}
      none={t('partners.noneInStage')}
      handleLabel={(name) => t('partners.moveHandle', { name })}
      onMove={(key, stage) => {
        const card = shown.find(({ partnerId }) => String(partnerId) === key);
        // One after the other: the next move needs the version that this one makes.
        if (!card || move.isPending) return;
        const { partnerId, version } = card;
        setPut({ partnerId, version, stage });
        move.mutate({ params: { partnerId }, body: { version, stage } }, { onSuccess: (moved) => setPut({ partnerId, version: moved.version, stage }), onError: () => setPut(null) });
      }}
    />
  );
}

function CardBody({ card: { nextStep, isLate, lowPacks } }: { card: PartnerCard }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  return (
    <>
      {nextStep.text && <span>{nextStep.text}</span>}
      {(nextStep.on || lowPacks > 0) && (
        <Flex gap={4} wrap>
          {nextStep.on && <Tag color={isLate ? 'error' : 'default'}>{isLate ? t('partners.late', { day: format.date(nextStep.on) }) : format.date(nextStep.on)}</Tag>}
          {lowPacks > 0 && <Tag color="warning">{t('partners.low')}</Tag>}
        </Flex>
      )}
    </>
  );
}

function CardFoot({ card: { trade, owner, stageSince } }: { card: PartnerCard }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  return (
    <>
      {trade && <span>{trade}</span>}
      {owner && <span>{owner.name}</span>}
      <span>{t('partners.since', { when: format.relative(stageSince) })}</span>
    </>
  );
}
