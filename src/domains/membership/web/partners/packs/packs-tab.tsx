import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, ComputedAt, currentLocale, DescriptionList, EmptyState, Flex, Link, Loaded, Progress, Section, Stack, Tag, Typography, useEndpoint, useFormat } from '../../../../../web/kit.ts';
import { listPartnerContracts, nameIn, type PartnerContract, type PartnerPack } from '../../../contract.ts';
import { BuyForm } from './buy-form.tsx';
import { ContractForm } from './contract-form.tsx';
import { PackForm } from './pack-form.tsx';

/** What was agreed, and the packs that benefits are given of. */
export function PacksTab({ partnerId }: { partnerId: number }) {
  const { t } = useTranslation('membership');
  const agreed = useEndpoint(listPartnerContracts, { params: { partnerId } });
  const [contract, setContract] = useState<PartnerContract | 'new' | null>(null);
  const [pack, setPack] = useState<PartnerPack | 'new' | null>(null);
  const [bought, setBought] = useState<PartnerPack | null>(null);
  return (
    <Loaded from={agreed}>
      {({ contracts, packs, computedAt }) => (
        <Stack>
          {contracts.length === 0 ? <EmptyState title={t('partners.contract.none')} hint={t('partners.contract.noneHint')} action={<Button type="primary" onClick={() => setContract('new')}>{t('partners.contract.add')}</Button>} /> : (
            <>
              <Flex justify="end" gap={8} wrap>
                <Button onClick={() => setContract('new')}>{t('partners.contract.add')}</Button>
                <Button type="primary" onClick={() => setPack('new')}>{t('partners.pack.add')}</Button>
              </Flex>
              {packs.map((each) => <Pack key={each.packNo} pack={each} onEdit={() => setPack(each)} onBuy={() => setBought(each)} />)}
              {contracts.map((each) => <Contract key={each.contractId} contract={each} onEdit={() => setContract(each)} />)}
            </>
          )}
          <ComputedAt at={computedAt} />
          <ContractForm partnerId={partnerId} contract={contract === 'new' ? null : contract} open={contract !== null} onClose={() => setContract(null)} />
          {contracts.length > 0 && <PackForm partnerId={partnerId} contracts={contracts} pack={pack === 'new' ? null : pack} open={pack !== null} onClose={() => setPack(null)} />}
          <BuyForm pack={bought} onClose={() => setBought(null)} />
        </Stack>
      )}
    </Loaded>
  );
}

function Contract({ contract, onEdit }: { contract: PartnerContract; onEdit: () => void }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const { startsOn, endsOn, settlement, billedOn, priceEach, cap, committed, currency, terms, isInForce } = contract;
  return (
    <Section title={<Flex gap={8} align="center" wrap>{t('partners.contract.of', { from: format.date(startsOn), to: format.date(endsOn) })}<Tag color={isInForce ? 'success' : 'default'}>{t(isInForce ? 'partners.contract.inForce' : 'partners.contract.notInForce')}</Tag></Flex>} extra={<Button size="small" type="text" onClick={onEdit}>{t('partners.editShort')}</Button>}>
      <DescriptionList items={[
        { label: t('partners.contract.settlement'), value: settlement === 'prepaid' ? t('partners.contract.prepaid') : t(`partners.contract.billed_${billedOn}`) },
        { label: t('partners.contract.priceEach'), value: format.money(priceEach, currency) },
        { label: t('partners.contract.cap'), value: cap === null ? t('partners.contract.noCap') : t('partners.contract.capOf', { committed: format.money(committed, currency), cap: format.money(cap, currency) }) },
        { label: t('partners.contract.currency'), value: currency },
        ...(terms ? [{ label: t('partners.contract.terms'), value: terms }] : []),
      ]} />
    </Section>
  );
}

function Pack({ pack, onEdit, onBuy }: { pack: PartnerPack; onEdit: () => void; onBuy: () => void }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const { bought, granted, used, reversed, expired, left, freeCodes, refusal, currency } = pack;
  return (
    <Section
      title={
        <Flex gap={8} align="center" wrap>
          {nameIn(pack.names, currentLocale())}
          {refusal ? <Tag color="error">{t(`partners.refusal.${refusal}`)}</Tag> : <Tag color="success">{t('partners.pack.giving')}</Tag>}
          {pack.isLow && refusal === null && <Tag color="warning">{t('partners.low')}</Tag>}
        </Flex>
      }
      extra={<Flex gap={4}>{left !== null && <Button size="small" onClick={onBuy}>{t('partners.pack.buy')}</Button>}<Button size="small" type="text" onClick={onEdit}>{t('partners.editShort')}</Button></Flex>}
    >
      <Stack>
        {left !== null && bought > 0 && <Progress percent={Math.floor(((bought - left) / bought) * 100)} aria-label={t('partners.pack.left')} status={left === 0 ? 'exception' : 'normal'} />}
        <DescriptionList columns={5} items={[
          { label: t(pack.settlement === 'prepaid' ? 'partners.pack.bought' : 'partners.pack.agreed'), value: left === null ? t('partners.pack.unlimited') : format.number(bought) },
          { label: t('partners.pack.granted'), value: <Link to={`/members/partners/${pack.partnerId}?tab=given`}>{format.number(granted)}</Link> },
          { label: t('partners.pack.used'), value: format.number(used) },
          { label: t('partners.pack.reversed'), value: format.number(reversed) },
          { label: t('partners.pack.expired'), value: format.number(expired) },
          { label: t('partners.pack.left'), value: left === null ? t('partners.pack.unlimited') : <Typography.Text strong type={pack.isLow ? 'warning' : undefined}>{format.number(left)}</Typography.Text> },
          { label: t('partners.pack.alertLevel'), value: format.number(pack.alertLevel) },
          { label: t('partners.pack.codes'), value: freeCodes === null ? t(`partners.pack.codesOf.${pack.codes}`) : t('partners.pack.freeCodes', { count: freeCodes, shown: format.number(freeCodes) }) },
          { label: t('partners.contract.priceEach'), value: format.money(pack.priceEach, currency) },
          { label: t('partners.pack.period'), value: `${format.date(pack.startsOn)} – ${format.date(pack.endsOn)}` },
        ]} />
      </Stack>
    </Section>
  );
}
