import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, Entrance, Link, PageSkeleton, sentenceOf, Stack, useEndpoint } from '../../../../web/kit.ts';
import { readLink } from '../../sessions/contract.ts';
import { LinkPasswordForm } from './link-password-form.tsx';
import { LinkSignIn } from './link-sign-in.tsx';

/** Behind the `#`, which browsers keep to themselves. Read once: the address is cleared when the link was used. */
const tokenInAddress = (): string => window.location.hash.slice(1);

export default function LinkPage() {
  const { t } = useTranslation('access');
  const { t: tWeb } = useTranslation('web');
  const [token] = useState(tokenInAddress);
  const link = useEndpoint(readLink, { body: { token } }, { freshForMs: Number.POSITIVE_INFINITY });
  const isSigningIn = link.data?.purpose === 'sign_in';
  return (
    <Entrance
      title={link.data ? t(isSigningIn ? 'link.welcomeBack' : 'link.welcome', { name: link.data.name }) : t(link.error ? 'link.dead' : 'signIn.title')}
      subtitle={link.data?.email}
      promise={t('entrance.promise')}
      promiseHint={t('entrance.hint')}
    >
      {link.isPending && <PageSkeleton />}
      {link.error && (
        <Stack>
          <Alert type="error" showIcon title={link.error.status === 400 ? t('problem.link_cut') : sentenceOf(link.error, tWeb)} />
          <Link to="/sign-in">{t('link.toSignIn')}</Link>
        </Stack>
      )}
      {link.data && (isSigningIn ? <LinkSignIn token={token} /> : <LinkPasswordForm token={token} />)}
    </Entrance>
  );
}
