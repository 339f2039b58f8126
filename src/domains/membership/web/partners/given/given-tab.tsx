import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Button, type Column, currentLocale, DataTable, EmptyState, Flex, Link, Loaded, type RowOf, Select, Stack, Tag, useEndpoint, useFormat, useMay, useSearchState } from '../../../../../web/kit.ts';
import { listPartnerContracts, listPartnerGrants, nameIn, type PartnerPack } from '../../../contract.ts';
import { lastDay } from '../fields.tsx';
import { CodesForm } from './codes-form.tsx';
import { GiveForm } from './give-form.tsx';
import { ReverseForm } from './reverse-form.tsx';
import { UseForm } from './use-form.tsx';
import { useMemberName } from '../../use-member-name.ts';

type Grant = RowOf<typeof listPartnerGrants>;
const grantStates = ['given', 'used', 'expired', 'reversed'] as const;
const colors = { given: 'processing', used: 'success', expired: 'default', reversed: 'warning' } as const;
const chosenPack = z.object({ pack: z.coerce.number().int().optional() });

/** Who was given what, codes, and what was used. */
export function GivenTab({ partnerId }: { partnerId: number }) {
  const { t } = useTranslation('membership');
  const agreed = useEndpoint(listPartnerContracts, { params: { partnerId } });
  const [{ pack }, change] = useSearchState(chosenPack);
  return (
    <Loaded from={agreed}>
      {({ packs }) => {
        const shown = packs.find(({ packNo }) => packNo === pack) ?? packs[0];
        if (!shown) return <EmptyState title={t('partners.pack.none')} hint={t('partners.pack.noneHint')} action={<Link to={`/members/partners/${partnerId}?tab=packs`}>{t('partners.tab.packs')}</Link>} />;
        return (
          <Stack>
            <Select aria-label={t('partners.given.pack')} value={shown.packNo} style={{ maxWidth: 360, width: '100%' }} options={packs.map(({ packNo, names }) => ({ value: packNo, label: nameIn(names, currentLocale()) }))} onChange={(packNo: number) => change({ pack: packNo })} />
            <Grants key={shown.packNo} pack={shown} />
          </Stack>
        );
      }}
    </Loaded>
  );
}

function Grants({ pack }: { pack: PartnerPack }) {
  const { t } = useTranslation('membership');
  const mayGive = useMay('membership.checkout');
  const [open, setOpen] = useState<'codes' | 'use' | 'give' | null>(null);
  const [reversed, setReversed] = useState<Grant | null>(null);
  const columns = useGrantColumns(setReversed);
  const close = (): void => setOpen(null);
  return (
    <>
      <Flex gap={8} wrap justify="end">
        {pack.codes === 'uploaded' && <Button onClick={() => setOpen('codes')}>{t('partners.given.codes')}</Button>}
        <Button onClick={() => setOpen('use')}>{t('partners.given.use')}</Button>
        {mayGive && <Button type="primary" onClick={() => setOpen('give')}>{t('partners.given.give')}</Button>}
      </Flex>
      <DataTable
        endpoint={listPartnerGrants}
        params={{ packNo: pack.packNo }}
        columns={columns}
        rowKey={({ grantNo }) => grantNo}
        filters={[{ key: 'state', label: t('partners.given.state'), options: grantStates.map((value) => ({ value, label: t(`partners.given.states.${value}`) })) }]}
        empty={<EmptyState title={t('partners.given.none')} hint={t('partners.given.noneHint')} />}
      />
      <CodesForm packNo={pack.packNo} open={open === 'codes'} onClose={close} />
      <UseForm packNo={pack.packNo} open={open === 'use'} onClose={close} />
      <GiveForm packNo={pack.packNo} open={open === 'give'} onClose={close} />
      <ReverseForm grantNo={reversed?.grantNo ?? null} reference={reversed?.reference ?? ''} onClose={() => setReversed(null)} />
    </>
  );
}

function useGrantColumns(onReverse: (grant: Grant) => void): Column<Grant>[] {
  const { t } = useTranslation('membership');
  const nameOf = useMemberName();
  const format = useFormat();
  const word = (key: string): string => t(`partners.given.${key}`);
  return [
    { key: 'reference', title: word('reference'), render: ({ reference }) => reference },
    { key: 'customerNo', title: word('customer'), render: ({ customerNo }) => (customerNo === null ? word('erased') : <Link to={`/users/${customerNo}`}>{nameOf({ customerNo })}</Link>) },
    { key: 'codeEnd', title: word('code'), render: ({ codeEnd }) => codeEnd },
    { key: 'state', title: word('state'), render: ({ state }) => <Tag color={colors[state]}>{t(`partners.given.states.${state}`)}</Tag> },
    { key: 'grantedAt', title: word('grantedAt'), render: ({ grantedAt }) => format.dateTime(grantedAt) },
    { key: 'usedAt', title: word('usedAt'), render: ({ usedAt }) => format.dateTime(usedAt) },
    { key: 'expiresAt', title: word('expiresAt'), render: ({ expiresAt }) => format.date(lastDay(expiresAt)) },
    { key: 'actions', title: '', render: (grant) => grant.state !== 'reversed' && <Button size="small" type="text" onClick={() => onReverse(grant)}>{word('reverse')}</Button> },
  ];
}
