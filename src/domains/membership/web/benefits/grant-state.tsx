import { useTranslation } from 'react-i18next';
import { Tag } from '../../../../web/kit.ts';
import type { ShownGrant } from '../../contract.ts';

const colors: Record<ShownGrant['state'], string> = { waiting: 'processing', given: 'success', used: 'default', expired: 'default', refused: 'error', taken_back: 'warning' };

/** What became of something that was given. */
export function GrantState({ state }: Pick<ShownGrant, 'state'>) {
  const { t } = useTranslation('membership');
  return <Tag color={colors[state]}>{t(`benefits.grantState.${state}`)}</Tag>;
}
