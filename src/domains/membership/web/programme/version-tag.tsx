import { useTranslation } from 'react-i18next';
import { Tag } from '../../../../web/kit.ts';
import type { VersionPhase } from '../../contract.ts';

const colors: Record<VersionPhase, string | undefined> = { draft: undefined, waiting: 'warning', coming: 'processing', in_force: 'success', past: undefined, withdrawn: 'error' };

/** Where a version is in its life. */
export function VersionTag({ phase }: { phase: VersionPhase }) {
  const { t } = useTranslation('membership');
  return <Tag color={colors[phase]}>{t(`design.phase.${phase}`)}</Tag>;
}
