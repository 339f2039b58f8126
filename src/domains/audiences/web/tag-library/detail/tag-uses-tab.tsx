import { useTranslation } from 'react-i18next';
import { EmptyState, Flex, Link, Section, Tag } from '../../../../../web/kit.ts';
import type { TagDetail } from '../../../contract.ts';

/** Rules and programs that ask for it. */
export function TagUsesTab({ tag }: { tag: TagDetail }) {
  const { t } = useTranslation('audiences');
  const { t: tAll } = useTranslation();
  if (tag.uses.length === 0) return <Section><EmptyState title={t('tags.unused')} hint={t('tags.unusedHint')} /></Section>;
  return (
    <Section>
      <Flex vertical gap="small">
        {tag.uses.map((use, i) => (
          <Flex key={i} gap="small" align="center">
            <Tag>{tAll(use.label)}</Tag>
            {use.path === null ? use.name : <Link to={use.path}>{use.name}</Link>}
          </Flex>
        ))}
      </Flex>
    </Section>
  );
}
