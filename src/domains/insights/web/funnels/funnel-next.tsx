import { useTranslation } from 'react-i18next';
import type { EndpointRequest } from '../../../../kernel/endpoint.ts';
import { Drawer, Loaded, RankChart, Stack, Typography, useEndpoint, useFormat } from '../../../../web/kit.ts';
import { useFieldList } from '../../../audiences/web/inputs/use-field-list.ts';
import { nextWithinHours, readFunnelNext } from '../../contract.ts';

type Asked = NonNullable<EndpointRequest<typeof readFunnelNext>['body']>;

const mostShown = 10;

/** What those did within a day who got no further than a step. */
export function FunnelNext({ asked, stepName, onClose }: { asked: Asked | null; stepName: string; onClose: () => void }) {
  const { t } = useTranslation('insights');
  return (
    <Drawer open={asked !== null} title={t('funnel.next.title', { step: stepName })} onClose={onClose} size={520} destroyOnHidden>
      {asked && <Next asked={asked} />}
    </Drawer>
  );
}

function Next({ asked }: { asked: Asked }) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const { data: fields } = useFieldList();
  const found = useEndpoint(readFunnelNext, { body: asked });
  const labelOf = (name: string): string => fields?.events.find((event) => event.name === name)?.label ?? name;
  return (
    <Loaded from={found}>
      {({ people, nothing, next }) => (
        <Stack>
          <Typography.Text>{t('funnel.next.explain', { count: people, people: format.number(people), hours: nextWithinHours, nothing: format.number(nothing), share: format.percent(people === 0 ? null : nothing / people) })}</Typography.Text>
          <RankChart
            title={t('funnel.next.chart')}
            heading={t('funnel.next.what')}
            items={next.slice(0, mostShown).map(({ fact, name, people: value }) => ({ label: fact === 'event' ? (name === null ? t('funnel.next.other') : labelOf(name)) : t(`funnel.step.${fact}`), value }))}
          />
        </Stack>
      )}
    </Loaded>
  );
}
