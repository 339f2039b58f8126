import { useTranslation } from 'react-i18next';
import { Tag } from '../../../../web/kit.ts';
import { CheckCircleOutlined, ExclamationCircleOutlined, ReloadOutlined } from '../../../../web/icons.tsx';
import type { ShownOccasion } from '../../contract.ts';

const looks = {
  under_way: { color: 'processing', icon: <ReloadOutlined /> },
  sent: { color: 'success', icon: <CheckCircleOutlined /> },
  maybe_sent: { color: 'warning', icon: <ExclamationCircleOutlined /> },
  failed: { color: 'error', icon: <ExclamationCircleOutlined /> },
  missed: { color: 'error', icon: <ExclamationCircleOutlined /> },
} as const;

export function OccasionState({ state }: { state: ShownOccasion['state'] }) {
  const { t } = useTranslation('insights');
  return <Tag {...looks[state]}>{t(`reporting.states.${state}`)}</Tag>;
}
