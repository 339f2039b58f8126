import { useTranslation } from 'react-i18next';
import { Tag } from '../../../../web/kit.ts';
import type { TemplateState } from '../../contract.ts';

const colors: Record<TemplateState, string> = { draft: 'default', waiting: 'gold', approved: 'green', withdrawn: 'red' };

/** Where a version is on its way to people. */
export function StateTag({ state }: { state: TemplateState }) {
  const { t } = useTranslation('messaging');
  return <Tag color={colors[state]}>{t(`templates.states.${state}`)}</Tag>;
}
