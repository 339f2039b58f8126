import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Drawer, Flex, Form, FormModal, Input, Loaded, PersonList, Sentence, Stack, Typography, useEndpoint, useFormat, useMay, useNavigateTo } from '../../../../web/kit.ts';
import { ReloadOutlined } from '../../../../web/icons.tsx';
import { listAudiences } from '../../../audiences/contract.ts';
import { keepPeople, type PeopleOf, readPeople } from '../../contract.ts';

interface PeopleDrawerProps {
  /** Whom to show; null while it is closed. */
  of: PeopleOf | null;
  onClose: () => void;
  /** A choice of others who belong to the same number. */
  children?: ReactNode;
}

/** The people behind a number: how many, some of them, and a way to keep them as an audience. */
export function PeopleDrawer({ of, onClose, children }: PeopleDrawerProps) {
  const { t } = useTranslation('insights');
  return (
    <Drawer open={of !== null} title={t('people.title')} onClose={onClose} size={520} destroyOnHidden>
      {of && (
        <Stack>
          {children}
          <People of={of} />
        </Stack>
      )}
    </Drawer>
  );
}

const mostSeeds = 2 ** 31;

function People({ of }: { of: PeopleOf }) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const mayOpen = useMay('customers.read');
  const [seed, setSeed] = useState(0);
  const found = useEndpoint(readPeople, { body: { of, seed } });
  return (
    <Loaded from={found}>
      {({ size, people, sentence, rule }) => (
        <Stack>
          <Sentence>{sentence}</Sentence>
          <Typography.Title level={3}>{t('people.size', { count: size, shown: format.number(size) })}</Typography.Title>
          {size === 0 ? <Typography.Text type="secondary">{t('people.nobody')}</Typography.Text> : <Keep of={of} rule={rule} sentence={sentence} />}
          <PersonList
            isOld={found.isPlaceholderData}
            people={people.map((person) => ({
              key: person.customerNo,
              name: person.name ?? t('people.unnamed', { no: person.customerNo }),
              to: mayOpen ? `/users/${person.customerNo}` : undefined,
              detail: [person.phone, person.province, person.channel].filter((one) => one !== null && one !== '').join(' · '),
              figure: format.money(person.spent),
              note: person.lastOrderAt ? t('people.orders', { count: person.orders, shown: format.number(person.orders), when: format.date(person.lastOrderAt) }) : t('people.noOrders'),
            }))}
          />
          {size > people.length && (
            <Button icon={<ReloadOutlined />} loading={found.isPlaceholderData} onClick={() => setSeed(Math.floor(Math.random() * mostSeeds))}>{t('people.another')}</Button>
          )}
        </Stack>
      )}
    </Loaded>
  );
}

function Keep({ of, rule, sentence }: { of: PeopleOf; rule: unknown; sentence: string }) {
  const { t } = useTranslation('insights');
  const navigate = useNavigateTo();
  const mayEdit = useMay('audiences.edit');
  const [keeping, setKeeping] = useState(false);
  if (!mayEdit) return null;
  return (
    <Flex gap="small" wrap>
      {rule !== null && <Button type="primary" onClick={() => navigate(`/users/audiences/new?${new URLSearchParams({ rule: JSON.stringify(rule) })}`)}>{t('people.live')}</Button>}
      <Button type={rule === null ? 'primary' : 'default'} onClick={() => setKeeping(true)}>{t('people.keep')}</Button>
      <FormModal<typeof keepPeople, { name: string; reason?: string }>
        open={keeping}
        endpoint={keepPeople}
        title={t('people.keep')}
        submitLabel={t('people.submit')}
        initial={{ name: sentence.slice(0, 80) }}
        request={(values) => ({ body: { ...values, of } })}
        invalidates={[listAudiences]}
        done={t('people.saved')}
        onDone={({ audienceId }) => navigate(`/users/audiences/${audienceId}`)}
        onCancel={() => setKeeping(false)}
      >
        <Form.Item name="name" label={t('people.name')} rules={[{ required: true, whitespace: true, message: t('people.nameNeeded') }]}>
          <Input maxLength={80} autoFocus />
        </Form.Item>
        <Form.Item name="reason" label={t('people.reason')}>
          <Input.TextArea maxLength={1_000} autoSize={{ minRows: 2, maxRows: 6 }} placeholder={t('people.reasonPlaceholder')} />
        </Form.Item>
      </FormModal>
    </Flex>
  );
}
