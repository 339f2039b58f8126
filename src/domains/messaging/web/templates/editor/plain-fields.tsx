import { useTranslation } from 'react-i18next';
import { Button, Flex, Input, Section, Select } from '../../../../../web/kit.ts';
import { DeleteOutlined, PlusOutlined } from '../../../../../web/icons.tsx';
import { type ChannelKind, messageProviders, type PlainWords, type TemplateContent, type TemplateFinding } from '../../../contract.ts';
import styles from '../templates.module.css';
import { LiquidInput } from './liquid-input.tsx';

type Plain = Extract<TemplateContent, { kind: 'plain' }>;
interface Props {
  channel: ChannelKind;
  content: Plain;
  words: PlainWords;
  path: string;
  findings: readonly TemplateFinding[];
  onWords: (words: PlainWords) => void;
  onContent: (content: Plain) => void;
}

/** Words for every way but mail: what a channel has no use for is left out. */
export function PlainFields({ channel, content, words, path, findings, onWords, onContent }: Props) {
  const { t } = useTranslation('messaging');
  const at = (field: string): readonly TemplateFinding[] => findings.filter((finding) => finding.path === `${path}.${field}`);
  const isPush = channel === 'app_push' || channel === 'web_push';
  /** What leaves is the provider's own template. */
  const isApproved = channel === 'wechat' || content.provider === 'aliyun' || content.provider === 'tencent';
  const isFilled = channel === 'sms' || channel === 'wechat' || channel === 'webhook';
  return (
    <>
      <Section>
        {channel === 'sms' && (
          <div className={styles.field}>
            <div className={styles.fieldHead}>{t('templates.fields.provider')}</div>
            <Select aria-label={t('templates.fields.provider')} style={{ width: 240 }} value={content.provider} options={messageProviders.map((value) => ({ value, label: t(`templates.providers.${value}`) }))} onChange={(provider) => onContent({ ...content, provider })} />
          </div>
        )}
        {isPush && <LiquidInput label={t('templates.fields.title')} value={words.title} as="line" most={300} findings={at('title')} onChange={(title) => onWords({ ...words, title })} />}
        <LiquidInput label={t('templates.fields.text')} value={words.text} findings={at('text')} placeholder={channel === 'sms' ? t('templates.smsHint') : undefined} note={isApproved ? t('templates.notSent') : undefined} onChange={(text) => onWords({ ...words, text })} />
        {channel !== 'sms' && channel !== 'webhook' && <LiquidInput label={t('templates.fields.link')} value={words.link} as="address" most={2_000} findings={at('link')} placeholder="https://" onChange={(link) => onWords({ ...words, link })} />}
      </Section>
      {isFilled && <Variables words={words} path={path} findings={findings} onWords={onWords} isApproved={channel !== 'webhook'} />}
    </>
  );
}

function Variables({ words, path, findings, onWords, isApproved }: Pick<Props, 'words' | 'path' | 'findings' | 'onWords'> & { isApproved: boolean }) {
  const { t } = useTranslation('messaging');
  const at = (field: string): readonly TemplateFinding[] => findings.filter((finding) => finding.path === `${path}.${field}`);
  const change = (n: number, next: Partial<PlainWords['variables'][number]>): void => onWords({ ...words, variables: words.variables.map((one, place) => (place === n ? { ...one, ...next } : one)) });
  return (
    <Section title={t(isApproved ? 'templates.approvedTemplate' : 'templates.payload')}>
      {isApproved && (
        <div className={styles.field}>
          <div className={styles.fieldHead}>{t('templates.fields.providerTemplate')}</div>
          <Input aria-label={t('templates.fields.providerTemplate')} maxLength={100} value={words.providerTemplate} onChange={(event) => onWords({ ...words, providerTemplate: event.target.value })} />
          {at('providerTemplate').map(({ text }) => <div key={text} className={styles.wrong}>{text}</div>)}
        </div>
      )}
      {words.variables.map(({ name, value }, n) => (
        <div key={n} className={styles.variable}>
          <Flex gap="small" align="center">
            <Input aria-label={t('templates.variableName')} value={name} maxLength={64} style={{ width: 140 }} onChange={(event) => change(n, { name: event.target.value.replace(/[^\w.]/g, '') })} />
            <Button type="text" danger icon={<DeleteOutlined />} aria-label={t('templates.deleteVariable')} onClick={() => onWords({ ...words, variables: words.variables.filter((_, place) => place !== n) })} />
          </Flex>
          <LiquidInput label={t('templates.variableValue', { name })} value={value} as="line" most={1_000} findings={[...at(`variables.${n}.value`), ...at(`variables.${n}.name`)]} onChange={(next) => change(n, { value: next })} />
        </div>
      ))}
      <Button size="small" icon={<PlusOutlined />} disabled={words.variables.length >= 30} onClick={() => onWords({ ...words, variables: [...words.variables, { name: String(words.variables.length + 1), value: '' }] })}>{t('templates.addVariable')}</Button>
    </Section>
  );
}
