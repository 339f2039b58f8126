import { useTranslation } from 'react-i18next';
import { Tag } from '../../../../web/kit.ts';
import type { TemplateContent, TemplateFinding } from '../../contract.ts';
import styles from './templates.module.css';

/** What is to be said about words, each with its place; nothing is said where nothing is. */
export function FindingList({ findings, content }: { findings: readonly TemplateFinding[]; content: TemplateContent }) {
  const { t } = useTranslation('messaging');
  const placeOf = (path: string): string => {
    const [, locale, ...rest] = path.split('.');
    const words = content.locales[locale as 'en'];
    const block = words && 'blocks' in words && rest[0] === 'blocks' ? words.blocks[Number(rest[1])] : undefined;
    const part = block ? `${t('templates.nth', { n: Number(rest[1]) + 1 })} ${t(`templates.blocks.${block.kind}`)}` : t(`templates.fields.${rest[0] === 'variables' ? 'variable' : rest[0]}`, { defaultValue: '' });
    return [t(`templates.locales.${locale}`), part].filter(Boolean).join(' · ');
  };
  return (
    <div className={styles.findings}>
      {/* What is said of several places is said once. */}
      {[...Map.groupBy(findings, ({ level, text }) => `${level} ${text}`)].map(([key, same]) => (
        <div key={key} className={styles.finding}>
          <Tag color={same[0].level === 'wrong' ? 'red' : 'gold'}>{t(`templates.level.${same[0].level}`)}</Tag>
          <div>{same[0].text}<div className={styles.findingPlace}>{[...new Set(same.map(({ path }) => placeOf(path)))].join('；')}</div></div>
        </div>
      ))}
    </div>
  );
}
