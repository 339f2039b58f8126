import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, CheckedList, ErrorState, Flex, Input, PageSkeleton, PersonList, Spin, Typography, useEndpoint, useFormat } from '../../../../web/kit.ts';
import { searchCustomers } from '../../../customers/contract.ts';
import { explainPerson, type Rule } from '../../contract.ts';

/** Whether one person is meant, found as one finds people, and by which conditions. */
export function ExplainPanel({ rule }: { rule: Rule }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const [q, setQ] = useState('');
  const [chosen, setChosen] = useState<{ no: number; name: string } | null>(null);
  const found = useEndpoint(searchCustomers, { query: { q, limit: 5 } }, { enabled: q !== '' && chosen === null });
  const rows = found.data?.rows ?? [];
  return (
    <Flex vertical gap="small">
      <Input.Search
        allowClear
        placeholder={t('web.explain.search')}
        aria-label={t('web.explain.search')}
        loading={found.isFetching}
        onSearch={(text) => {
          setQ(text.trim());
          setChosen(null);
        }}
      />
      {chosen ? (
        <Explanation rule={rule} chosen={chosen} onOther={() => setChosen(null)} />
      ) : (
        <>
          {q === '' && <Typography.Text type="secondary">{t('web.explain.hint')}</Typography.Text>}
          {found.error && <ErrorState error={found.error} />}
          {q !== '' && found.data && rows.length === 0 && <Typography.Text type="secondary">{t('web.explain.none')}</Typography.Text>}
          {q !== '' && (
            <PersonList
              isOld={found.isFetching}
              people={rows.map((row) => {
                const name = row.name ?? t('web.people.unnamed', { no: row.customerNo });
                return {
                  key: row.customerNo,
                  name,
                  detail: [row.phone, row.memberNo, row.province].filter((one) => one !== null && one !== '').join(' · '),
                  figure: format.money(row.spent),
                  note: <Button size="small" onClick={() => setChosen({ no: row.customerNo, name })}>{t('web.explain.check')}</Button>,
                };
              })}
            />
          )}
        </>
      )}
    </Flex>
  );
}

function Explanation({ rule, chosen, onOther }: { rule: Rule; chosen: { no: number; name: string }; onOther: () => void }) {
  const { t } = useTranslation('audiences');
  const answer = useEndpoint(explainPerson, { body: { rule, customerNo: chosen.no } });
  if (answer.error) return <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />;
  if (!answer.data) return <PageSkeleton />;
  const { holds, parts } = answer.data;
  return (
    <Spin spinning={answer.isPlaceholderData} delay={300}>
      <Flex vertical gap="small">
        <Flex justify="space-between" align="center" gap="small">
          <Typography.Text strong>{t(holds ? 'web.explain.in' : 'web.explain.out', { name: chosen.name })}</Typography.Text>
          <Button size="small" type="text" onClick={onOther}>{t('web.explain.other')}</Button>
        </Flex>
        <CheckedList
          items={parts.filter(({ path }) => path !== '').map(({ path, holds: isTrue, sentence, found }) => ({
            key: path,
            isTrue,
            depth: path.split('.').filter((step) => step === 'parts').length - 1,
            label: sentence,
            note: found === null ? t('web.explain.nothing') : t('web.explain.found', { found }),
          }))}
          trueLabel={t('web.explain.holds')}
          falseLabel={t('web.explain.holdsNot')}
        />
      </Flex>
    </Spin>
  );
}
