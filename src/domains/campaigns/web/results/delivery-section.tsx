import { useTranslation } from 'react-i18next';
import { Section, StatGrid, StatTile, useFormat } from '../../../../web/kit.ts';
import type { CampaignResult } from '../../contract.ts';

const shown = ['delivered', 'opened', 'clicked', 'unsubscribed', 'bounced', 'complained'] as const;

/** What became of the messages: people, each counted once. Of it nothing says what the campaign earned. */
export function DeliverySection({ result: { delivery } }: { result: CampaignResult }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const { handed } = delivery;
  return (
    <Section title={t('results.delivery.title')}>
      <StatGrid>
        <StatTile label={t('results.delivery.handed')} value={format.number(handed)} />
        {shown.map((key) => {
          const label = t(`results.delivery.${key}`);
          if (delivery.untold.some((each) => each === key)) return <StatTile key={key} label={label} value="—" note={t('results.delivery.notTold')} definition={t(`results.delivery.untold.${key}`)} />;
          const definition = key === 'delivered' ? t('results.delivery.deliveredHint') : key === 'opened' ? t('results.delivery.machines', { people: format.number(delivery.openedByMachine) }) : undefined;
          return <StatTile key={key} label={label} value={format.number(delivery[key])} {...(handed > 0 ? { unit: format.percent(delivery[key] / handed, 1) } : {})} {...(definition === undefined ? {} : { definition })} />;
        })}
      </StatGrid>
    </Section>
  );
}
