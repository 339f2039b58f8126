import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Loaded, PageHeader, Stack, Steps, useEndpoint, usePathParam, useSearchState } from '../../../../web/kit.ts';
import { readCustomer, type ShownProfile } from '../../contract.ts';
import { ChooseOther } from './choose-other.tsx';
import { Compare } from './compare.tsx';

const state = z.object({ with: z.coerce.number().int().positive().optional().catch(undefined) });

/** Makes one person out of two: choose the other, compare, choose who stays. */
export default function MergePage() {
  const customerNo = Number(usePathParam('customerNo'));
  const customer = useEndpoint(readCustomer, { params: { customerNo } });
  return <Loaded from={customer}>{(profile) => <Wizard profile={profile} />}</Loaded>;
}

function Wizard({ profile }: { profile: ShownProfile }) {
  const { t } = useTranslation('customers');
  const [{ with: otherNo }, change] = useSearchState(state);
  const { customerNo, name } = profile;
  const title = name ?? t('user.title', { no: customerNo });
  const isChosen = otherNo !== undefined && otherNo !== customerNo;
  return (
    <>
      <PageHeader title={t('merge.title')} breadcrumbs={[{ label: t('people.title'), to: '/users' }, { label: title, to: `/users/${customerNo}` }]} />
      <Stack>
        <Steps current={isChosen ? 1 : 0} items={[{ title: t('merge.choose') }, { title: t('merge.compare') }]} />
        {isChosen ? (
          <Other profile={profile} otherNo={otherNo} onBack={() => change({ with: undefined })} />
        ) : (
          <ChooseOther profile={profile} onChosen={(no) => change({ with: no }, { push: true })} />
        )}
      </Stack>
    </>
  );
}

function Other({ profile, otherNo, onBack }: { profile: ShownProfile; otherNo: number; onBack: () => void }) {
  const other = useEndpoint(readCustomer, { params: { customerNo: otherNo } });
  return <Loaded from={other}>{(found) => <Compare key={found.customerNo} one={profile} other={found} onBack={onBack} />}</Loaded>;
}
