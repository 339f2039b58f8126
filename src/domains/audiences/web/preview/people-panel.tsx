import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, ErrorState, Flex, PageSkeleton, PersonList, Typography, useEndpoint, useFormat, useMay } from '../../../../web/kit.ts';
import { ReloadOutlined } from '../../../../web/icons.tsx';
import { previewPeople, type Rule } from '../../contract.ts';

const mostSeeds = 2 ** 31;

/** Ten people of the rule, and ten others for as often as one asks. */
export function PeoplePanel({ rule }: { rule: Rule }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const mayOpen = useMay('customers.read');
  const [seed, setSeed] = useState(0);
  useEffect(() => setSeed(0), [rule]);
  const found = useEndpoint(previewPeople, { body: { rule, seed } });
  if (found.error) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <PageSkeleton />;
  const { people, size } = found.data;
  if (people.length === 0) return <Typography.Text type="secondary">{t('web.people.nobody')}</Typography.Text>;
  return (
    <Flex vertical gap="small">
      <PersonList
        isOld={found.isPlaceholderData}
        people={people.map((person) => ({
          key: person.customerNo,
          name: person.name ?? t('web.people.unnamed', { no: person.customerNo }),
          to: mayOpen ? `/users/${person.customerNo}` : undefined,
          detail: [person.phone, person.province, person.channel].filter((one) => one !== null && one !== '').join(' · '),
          figure: format.money(person.spent),
          note: person.lastOrderAt ? t('web.people.orders', { count: person.orders, shown: format.number(person.orders), when: format.date(person.lastOrderAt) }) : t('web.people.noOrders'),
        }))}
      />
      {size > people.length && (
        <Button icon={<ReloadOutlined />} loading={found.isPlaceholderData} onClick={() => setSeed(Math.floor(Math.random() * mostSeeds))}>{t('web.people.another')}</Button>
      )}
    </Flex>
  );
}
