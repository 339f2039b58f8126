import { useTranslation } from 'react-i18next';
import { Tag, Tooltip } from '../../../web/kit.ts';
import { LockOutlined, ReloadOutlined } from '../../../web/icons.tsx';
import type { ShownAudience } from '../contract.ts';

/** Live or fixed, with what that means. */
export function KindTag({ kind }: { kind: ShownAudience['kind'] }) {
  const { t } = useTranslation('audiences');
  return (
    <Tooltip title={t(`web.save.${kind}Hint`)}>
      <Tag icon={kind === 'live' ? <ReloadOutlined /> : <LockOutlined />} color={kind === 'live' ? 'success' : 'default'}>{t(`web.kind.${kind}`)}</Tag>
    </Tooltip>
  );
}
