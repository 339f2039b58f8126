import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, ApiProblem, Button, Flex, SegmentedControl, Select, Skeleton, Switch } from '../../../../../web/kit.ts';
import { ArrowDownOutlined, ArrowUpOutlined, MoonOutlined } from '../../../../../web/icons.tsx';
import type { MessagePreview } from '../../../contract.ts';
import styles from '../templates.module.css';
import { AsWhom } from './as-whom.tsx';
import { type Look, MessageView } from './message-view.tsx';
import { TryMessage, type TriedWords } from './try-message.tsx';
import type { As, TemplateLocale, useTemplatePreview } from './use-template-preview.ts';

export interface PreviewPanelProps {
  words: TriedWords;
  result: ReturnType<typeof useTemplatePreview>['preview'];
  as: As;
  onAs: (as: As) => void;
  locales: readonly ('zh-CN' | 'zh-TW' | 'en')[];
  locale: TemplateLocale;
  onLocale: (locale: TemplateLocale) => void;
}

/** A message as people get it, while one writes: as whom, on what, in which language. */
export function PreviewPanel({ words, result, as, onAs, locales, locale, onLocale }: PreviewPanelProps) {
  const { t } = useTranslation('messaging');
  const [look, setLook] = useState<Look>({ width: 'desktop', isDark: false });
  const [place, setPlace] = useState(0);
  const previews = result.data?.previews ?? [];
  const shown = previews[Math.min(place, previews.length - 1)];
  const { channel } = words;
  const isMail = channel === 'email';
  return (
    <div className={styles.panel} aria-busy={result.isFetching}>
      <AsWhom as={as} onChange={(next) => { setPlace(0); onAs(next); }} />
      <Flex gap="small" wrap align="center">
        {isMail && <SegmentedControl<Look['width']> label={t('templates.look.width')} value={look.width} options={(['desktop', 'phone'] as const).map((value) => ({ value, label: t(`templates.look.${value}`) }))} onChange={(width) => setLook({ ...look, width })} />}
        <label><Switch checked={look.isDark} onChange={(isDark) => setLook({ ...look, isDark })} checkedChildren={<MoonOutlined />} /> {t('templates.look.dark')}</label>
        <TryMessage words={words} as={as} locale={locale} />
        {locales.length > 1 && <Select<string> aria-label={t('templates.language')} style={{ minWidth: 130 }} value={locale ?? 'own'} onChange={(value) => onLocale(value === 'own' ? null : (value as TemplateLocale))} options={[...(as.who === 'example' ? [] : [{ value: 'own', label: t('templates.ownLanguage') }]), ...locales.map((value) => ({ value, label: t(`templates.locales.${value}`) }))]} />}
      </Flex>
      {result.error && <Alert type="error" showIcon title={result.error instanceof ApiProblem ? result.error.message : t('templates.unreadable')} />}
      {previews.length > 1 && <Turn previews={previews} place={place} onPlace={setPlace} />}
      {!shown && !result.error && <Skeleton active paragraph={{ rows: 6 }} />}
      {shown && !result.error && <MessageView channel={channel} preview={shown} look={look} />}
    </div>
  );
}

function Turn({ previews, place, onPlace }: { previews: readonly MessagePreview[]; place: number; onPlace: (place: number) => void }) {
  const { t } = useTranslation('messaging');
  const failed = previews.filter(({ message }) => message === null).length;
  return (
    <Flex gap="small" align="center" wrap>
      <Button size="small" icon={<ArrowUpOutlined />} aria-label={t('templates.as.before')} disabled={place === 0} onClick={() => onPlace(place - 1)} />
      <span>{t('templates.as.nth', { n: place + 1, of: previews.length, no: previews[Math.min(place, previews.length - 1)]?.customerNo ?? 0 })}</span>
      <Button size="small" icon={<ArrowDownOutlined />} aria-label={t('templates.as.after')} disabled={place >= previews.length - 1} onClick={() => onPlace(place + 1)} />
      {failed > 0 && <Alert type="warning" showIcon title={t('templates.as.failed', { count: failed })} />}
    </Flex>
  );
}
