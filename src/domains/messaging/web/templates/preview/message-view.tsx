import { useTranslation } from 'react-i18next';
import { DescriptionList, Tag, useFormat } from '../../../../../web/kit.ts';
import type { ChannelKind, MessagePreview, TextSize } from '../../../contract.ts';
import styles from '../templates.module.css';
import { usePictures } from './use-pictures.ts';
import { shownPage } from './shown-page.ts';

/** How it is looked at. */
export interface Look {
  width: 'desktop' | 'phone';
  isDark: boolean;
}

/** A message as somebody gets it: a mail as a page of its own, anything else as the bubble or card of its channel. */
export function MessageView({ channel, preview, look }: { channel: ChannelKind; preview: MessagePreview; look: Look }) {
  const { t } = useTranslation('messaging');
  const { message, problem } = preview;
  if (!message) return <div className={styles.problem} role="alert">{problem}</div>;
  if (message.html !== undefined) return <MailView subject={message.subject ?? ''} html={message.html} look={look} />;
  const isCard = channel === 'app_push' || channel === 'web_push' || channel === 'wechat';
  const variables = Object.entries(message.variables ?? {});
  return (
    <div className={look.isDark ? `${styles.screen} ${styles.dark}` : styles.screen}>
      <div className={isCard ? styles.card : styles.bubble}>
        {message.subject && <strong className={styles.cardTitle}>{message.subject}</strong>}
        <span className={styles.words}>{message.text}</span>
        {message.link && <span className={styles.address}>{message.link}</span>}
      </div>
      {preview.size && <SizeLine size={preview.size} />}
      {variables.length > 0 && <div className={styles.variables}><div>{t('templates.variables')}</div><DescriptionList items={variables.map(([label, value]) => ({ label, value }))} /></div>}
    </div>
  );
}

function MailView({ subject, html, look }: { subject: string; html: string; look: Look }) {
  const { t } = useTranslation('messaging');
  const pictures = usePictures(html);
  const page = shownPage(html, { isDark: look.isDark, pictures, pictureLabel: t('templates.picture') });
  return (
    <div className={look.width === 'phone' ? styles.phone : styles.desktop}>
      <div className={styles.subject}>{subject}</div>
      {/* Nothing in it runs, opens or leads anywhere. */}
      <iframe className={styles.frame} title={t('templates.previewOf', { subject })} sandbox="" srcDoc={page} />
    </div>
  );
}

/** How long a text message is, and what it costs. */
export function SizeLine({ size }: { size: TextSize }) {
  const { t } = useTranslation('messaging');
  const format = useFormat();
  return (
    <div className={styles.size}>
      <Tag>{t('templates.size.parts', { count: size.parts })}</Tag>
      {t('templates.size.line', { characters: size.characters, left: size.left, encoding: t(`templates.size.${size.encoding}`) })}
      {size.cost !== null && <> · {t('templates.size.cost', { cost: format.money(size.cost) })}</>}
    </div>
  );
}
