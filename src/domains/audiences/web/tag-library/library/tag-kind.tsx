import { useTranslation } from 'react-i18next';
import { Tag, Tooltip } from '../../../../../web/kit.ts';
import type { TagKind } from '../../../contract.ts';

const colours: Record<TagKind, string> = { hand: 'default', file: 'default', rule: 'success', tiers: 'processing' };

/** How people come to have a tag, with what that means. */
export function TagKindTag({ kind }: { kind: TagKind }) {
  const { t } = useTranslation('audiences');
  return <Tooltip title={t(`tags.kindHint.${kind}`)}><Tag color={colours[kind]}>{t(`tags.kind.${kind}`)}</Tag></Tooltip>;
}
