import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, Link, sentenceOf, Spin, Stack, useAction } from '../../../../web/kit.ts';
import { followLink } from '../../sessions/contract.ts';

/** Uses the link up as soon as it is open. */
export function LinkSignIn({ token }: { token: string }) {
  const { t } = useTranslation('access');
  const { t: tWeb } = useTranslation('web');
  const follow = useAction(followLink, { quiet: true, onSuccess: () => window.location.assign('/') });
  const isStarted = useRef(false);
  useEffect(() => {
    if (isStarted.current) return;
    isStarted.current = true;
    follow.mutate({ body: { token } });
  });
  if (!follow.error) return <Spin description={t('link.signingIn')} />;
  return (
    <Stack>
      <Alert type="error" showIcon title={sentenceOf(follow.error, tWeb)} />
      <Link to="/sign-in">{t('link.toSignIn')}</Link>
    </Stack>
  );
}
