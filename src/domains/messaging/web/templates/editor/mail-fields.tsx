import { useTranslation } from 'react-i18next';
import { Section } from '../../../../../web/kit.ts';
import type { Block, MailWords, TemplateFinding } from '../../../contract.ts';
import styles from '../templates.module.css';
import { BlockList } from './block-list.tsx';
import { keysIn } from './draft.ts';
import { LiquidInput } from './liquid-input.tsx';

/** A mail in one language: what stands in the list of mails, and the blocks it is made of. */
export function MailFields({ words, path, findings, onChange }: { words: MailWords; path: string; findings: readonly TemplateFinding[]; onChange: (words: MailWords) => void }) {
  const { t } = useTranslation('messaging');
  const at = (field: string): readonly TemplateFinding[] => findings.filter((finding) => finding.path === `${path}.${field}`);
  return (
    <>
      <Section>
        <LiquidInput label={t('templates.fields.subject')} value={words.subject} as="line" most={300} findings={at('subject')} onChange={(subject) => onChange({ ...words, subject })} />
        <LiquidInput label={t('templates.fields.preheader')} value={words.preheader} as="line" most={300} findings={at('preheader')} placeholder={t('templates.preheaderHint')} onChange={(preheader) => onChange({ ...words, preheader })} />
      </Section>
      <Section title={t('templates.content')}>
        {at('blocks').map(({ text, level }) => <div key={text} className={level === 'wrong' ? styles.wrong : styles.hint}>{text}</div>)}
        <BlockList<Block> label={t('templates.content')} blocks={words.blocks} keys={keysIn(words.blocks)} findings={findings} path={`${path}.blocks`} onChange={(blocks) => onChange({ ...words, blocks })} />
      </Section>
    </>
  );
}
