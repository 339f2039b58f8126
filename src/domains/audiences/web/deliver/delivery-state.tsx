import { useTranslation } from 'react-i18next';
import { Tag } from '../../../../web/kit.ts';
import { CheckCircleOutlined, ExclamationCircleOutlined, ReloadOutlined, StopOutlined } from '../../../../web/icons.tsx';
import type { ShownDelivery } from '../../contract.ts';

const looks = {
  active: { color: 'processing', icon: <ReloadOutlined /> },
  stopped: { color: 'error', icon: <ExclamationCircleOutlined /> },
  done: { color: 'success', icon: <CheckCircleOutlined /> },
  ended: { color: 'default', icon: <StopOutlined /> },
} as const;

export function DeliveryState({ state }: { state: ShownDelivery['state'] }) {
  const { t } = useTranslation('audiences');
  return <Tag {...looks[state]}>{t(`deliver.states.${state}`)}</Tag>;
}
