import { useTranslation } from 'react-i18next';
import { Tag } from '../../../../web/kit.ts';
import type { ShownGrant } from '../../contract.ts';

const colors: Record<ShownGrant['state'], string> = { waiting: 'processing', given: 'green', used: 'default', expired: 'default', refused: 'red', taken_back: 'orange' };

/** What became of something that was given. */
export function GrantState({ state }: Pick<ShownGrant, 'state'>) {
  const { t } = useTranslation('membership');
  return <Tag color={colors[state]}>{t(`benefits.grantState.${state}`)}</Tag>;
}
