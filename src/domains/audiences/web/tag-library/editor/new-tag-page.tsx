import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useSearchState, useSession } from '../../../../../web/kit.ts';
import { tagKinds } from '../../../contract.ts';
import { newTag } from './edited-tag.ts';
import { TagEditor } from './tag-editor.tsx';

const start = z.object({ kind: z.enum(tagKinds).catch('rule').default('rule') });

/** A new tag. */
export default function NewTagPage() {
  const { t } = useTranslation('audiences');
  const { actor } = useSession();
  const [{ kind }] = useSearchState(start);
  return <TagEditor edited={newTag(actor?.name ?? '', kind, [t('tags.tier.low'), t('tags.tier.middle'), t('tags.tier.high')])} />;
}
