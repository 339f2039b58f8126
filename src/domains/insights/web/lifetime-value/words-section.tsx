import { useTranslation } from 'react-i18next';
import { Alert, Collapse, Section, Stack, Table, Typography, useFormat } from '../../../../web/kit.ts';
import { discountPerYear, type LifetimeResult, lifeYears, tellingCorrelation } from '../../contract.ts';

/** What the model says in words, what it was made of and left out, and its parameters for who wants them. */
export function WordsSection({ result }: { result: LifetimeResult }) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const { buying, spending, typical, spend, leftOut, currency, grain } = result;
  const correlation = spend.correlation === null ? null : format.number(spend.correlation, 2);
  const isTelling = Math.abs(spend.correlation ?? 0) > tellingCorrelation;
  const borders = [...buying.atBorder, ...(spending?.atBorder ?? [])];
  const left = [
    leftOut.misdated > 0 && t('lifetime.order.misdated', { count: leftOut.misdated, shown: format.number(leftOut.misdated) }),
    leftOut.nobodys > 0 && t('lifetime.order.nobodys', { count: leftOut.nobodys, shown: format.number(leftOut.nobodys) }),
    leftOut.otherCurrency > 0 && t('lifetime.order.otherCurrency', { count: leftOut.otherCurrency, shown: format.number(leftOut.otherCurrency), currency }),
    grain > 1 && t('lifetime.order.grain', { count: grain }),
  ].filter((each) => each !== false);
  const parameters = [...buying.parameters.map((each) => ({ ...each, of: t(`lifetime.model.${result.model}`) })), ...(spending?.parameters.map((each) => ({ ...each, of: 'Gamma-Gamma' })) ?? [])];
  return (
    <Section title={t('lifetime.words.title')}>
      <Stack>
        <Typography.Text>
          {t('lifetime.words.rhythm', { days: format.number(typical.daysBetween, 0) })}{' '}{t('lifetime.words.gone', { share: format.percent(typical.goneInYear, 0) })}{' '}
          {t('lifetime.words.spend', { value: format.money(Math.round(spend.mean * 100) / 100, currency) })}
        </Typography.Text>
        {isTelling ? <Alert type="warning" showIcon title={t('lifetime.words.related', { value: correlation })} /> : correlation !== null && <Typography.Text type="secondary">{t('lifetime.words.correlation', { value: correlation })}</Typography.Text>}
        {borders.length > 0 && <Alert type="info" showIcon title={t('lifetime.words.border', { names: borders.join(', ') })} />}
        {!spending && <Alert type="info" showIcon title={t('lifetime.words.noSpending')} />}
        <Collapse
          items={[
            {
              key: 'how', label: t('lifetime.order.title'),
              children: (
                <Stack>
                  <Typography.Text>{t('lifetime.order.text', { count: spend.withoutValue, shown: format.number(spend.withoutValue), years: lifeYears, percent: format.percent(discountPerYear, 0) })} {t('lifetime.order.horizons')}</Typography.Text>
                  {left.map((each) => <Typography.Text key={each}>{each}</Typography.Text>)}
                </Stack>
              ),
            },
            {
              key: 'parameters', label: t('lifetime.words.parameters'),
              children: (
                <Stack>
                  <Table
                    size="small" rowKey={({ of, name }) => `${of} ${name}`} dataSource={parameters} pagination={false} scroll={{ x: 420 }}
                    columns={[
                      { title: t('lifetime.model.label'), dataIndex: 'of' },
                      { title: t('lifetime.words.parameter'), dataIndex: 'name' },
                      { title: t('lifetime.words.value'), align: 'right', render: (_, { value }) => format.number(value, 4) },
                      { title: t('lifetime.words.error'), align: 'right', render: (_, { standardError }) => format.number(standardError, 4) },
                    ]}
                  />
                  <Typography.Text type="secondary">{t('lifetime.words.logLikelihood', { value: format.number(buying.logLikelihood, 2) })}</Typography.Text>
                </Stack>
              ),
            },
          ]}
        />
      </Stack>
    </Section>
  );
}
