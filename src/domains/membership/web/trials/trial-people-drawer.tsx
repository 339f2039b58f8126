import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Drawer, Form, FormModal, Input, Loaded, PersonList, Sentence, Stack, Typography, useEndpoint, useFormat, useMay, useNavigateTo } from '../../../../web/kit.ts';
import { keepTrialPeople, readTrialPeople, type TrialPeople } from '../../contract.ts';
import { useMemberName } from '../use-member-name.ts';

/** The people behind a number of a trial, and a way to keep them as an audience. */
export function TrialPeopleDrawer({ trialNo, of, onClose }: { trialNo: number; of: TrialPeople | null; onClose: () => void }) {
  const { t } = useTranslation('membership');
  return <Drawer open={of !== null} title={t('trial.peopleTitle')} onClose={onClose} size={520} destroyOnHidden>{of !== null && <People trialNo={trialNo} of={of} />}</Drawer>;
}

function People({ trialNo, of }: { trialNo: number; of: TrialPeople }) {
  const { t } = useTranslation('membership');
  const nameOf = useMemberName();
  const format = useFormat();
  const mayOpen = useMay('customers.read');
  const mayKeep = useMay('audiences.edit');
  const navigate = useNavigateTo();
  const [keeping, setKeeping] = useState(false);
  const found = useEndpoint(readTrialPeople, { params: { trialNo }, body: { of } });
  return (
    <Loaded from={found}>
      {({ size, sentence, people }) => (
        <Stack>
          <Sentence>{sentence}</Sentence>
          <Typography.Title level={3}>{t('trial.peopleCount', { count: size, shown: format.number(size) })}</Typography.Title>
          {mayKeep && size > 0 && <Button type="primary" onClick={() => setKeeping(true)}>{t('trial.keep')}</Button>}
          <PersonList people={people.map(({ customerNo, name, phone, province }) => ({
            key: customerNo, name: nameOf({ customerNo, name }), to: mayOpen ? `/users/${customerNo}` : undefined, detail: [phone, province].filter(Boolean).join(' · '), figure: '', note: '',
          }))} />
          <FormModal<typeof keepTrialPeople, { name: string; reason?: string }>
            open={keeping} endpoint={keepTrialPeople} title={t('trial.keep')} submitLabel={t('trial.keep')} initial={{ name: sentence.slice(0, 80) }}
            request={(values) => ({ params: { trialNo }, body: { ...values, of } })} done={t('trial.kept')}
            onDone={({ audienceId }) => navigate(`/users/audiences/${audienceId}`)} onCancel={() => setKeeping(false)}
          >
            <Form.Item name="name" label={t('trial.audienceName')} rules={[{ required: true, whitespace: true, message: t('trial.nameNeeded') }]}><Input maxLength={80} autoFocus /></Form.Item>
          </FormModal>
        </Stack>
      )}
    </Loaded>
  );
}
