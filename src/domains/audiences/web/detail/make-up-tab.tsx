import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Columns, ComputedAt, EmptyState, Flex, Loaded, Section, Stack, Table, type TableProps, Tag, Typography, useEndpoint, useFormat } from '../../../../web/kit.ts';
import { type MakeUp, readMakeUp, type ShownAudience } from '../../contract.ts';

type Trait = MakeUp['traits'][number];
type Value = Trait['values'][number];

/** Below this a difference is hardly chance. */
const significant = 0.01;
const [high, low] = [120, 80];
const shownValues = 8;

/** What its people are like, against all customers: the most telling values of each trait first. */
export function MakeUpTab({ audience }: { audience: ShownAudience }) {
  const { t } = useTranslation('audiences');
  const makeUp = useEndpoint(readMakeUp, { body: { rule: { kind: 'audience', audienceId: audience.audienceId } } });
  if (audience.size === 0) return <EmptyState title={t('makeUp.empty')} hint={t('makeUp.emptyHint')} />;
  return (
    <Loaded from={makeUp}>
      {({ traits, size, base, computedAt }) => (
        <Stack>
          <Flex gap="small" align="center" wrap>
            <Typography.Text type="secondary">{t('makeUp.explained')}</Typography.Text>
            <ComputedAt at={computedAt} />
          </Flex>
          <Columns>
            {traits.filter((trait) => trait.values.some((value) => value.inBase > 0)).map((trait) => <TraitTable key={trait.trait} trait={trait} size={size} base={base} />)}
          </Columns>
        </Stack>
      )}
    </Loaded>
  );
}

function TraitTable({ trait, size, base }: { trait: Trait; size: number; base: number }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const columns = useMemo<TableProps<Value>['columns']>(() => [
    { title: t('makeUp.oneValue'), dataIndex: 'label', ellipsis: true },
    { title: t('makeUp.people'), align: 'right', width: 80, render: (_, value) => format.number(value.inAudience) },
    { title: t('makeUp.share'), align: 'right', width: 90, render: (_, value) => format.percent(size === 0 ? 0 : value.inAudience / size) },
    { title: t('makeUp.baseShare'), align: 'right', width: 90, render: (_, value) => format.percent(base === 0 ? 0 : value.inBase / base) },
    { title: 'TGI', align: 'right', width: 110, render: (_, value) => <Tgi value={value} /> },
  ], [size, base, format, t]);
  const values = trait.values.filter((value) => value.inBase > 0);
  return (
    <Section title={trait.label}>
      <Table<Value> rowKey="value" size="small" columns={columns} dataSource={values} scroll={{ x: 460 }}
        pagination={values.length > shownValues ? { pageSize: shownValues, size: 'small', showSizeChanger: false } : false} />
    </Section>
  );
}

/** The index, marked where it is far from 100 and hardly by chance; words say what the colour says. */
function Tgi({ value: { tgi, pValue } }: { value: Value }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  if (tgi === null) return <>–</>;
  const text = format.number(Math.round(tgi));
  if (pValue === null || pValue >= significant || (tgi > low && tgi < high)) return <>{text}</>;
  return <Tag color={tgi >= high ? 'success' : 'warning'} title={t('makeUp.significant')}>{text} {t(tgi >= high ? 'makeUp.more' : 'makeUp.less')}</Tag>;
}
