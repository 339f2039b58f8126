import { useTranslation } from 'react-i18next';
import type { ProviderKey } from '../../contract.ts';

/** What a provider's code means, in words where it is a frequent one; the code stands with it, for who asks the provider. */
export function useAnswerWords(): (provider: ProviderKey, code: string) => string {
  const { t } = useTranslation('messaging');
  return (provider, code) => {
    const words = t([`channels.code.${provider}.${code}`, `channels.trouble.${code}`], { defaultValue: '' });
    if (words === '') return t('channels.answered', { code });
    return words.includes(code) || /^[a-z_]+$/.test(code) ? words : t('channels.coded', { words, code });
  };
}
