import { useTranslation } from 'react-i18next';
import { Button, Form, useFormAction } from '../../../../web/kit.ts';
import { followLink } from '../../sessions/contract.ts';
import { NewPasswordItems } from '../new-password-items.tsx';

interface Values {
  password: string;
}

/** The invited person, or who forgot, chooses a password and is signed in. */
export function LinkPasswordForm({ token }: { token: string }) {
  const { t } = useTranslation('access');
  const { form, submit, busy, problem } = useFormAction<typeof followLink, Values>({
    endpoint: followLink,
    request: ({ password }) => ({ body: { token, password } }),
    onDone: () => window.location.assign('/'),
  });
  return (
    <Form<Values> form={form} layout="vertical" size="large" requiredMark={false} disabled={busy} onFinish={submit}>
      {problem && <Form.Item>{problem}</Form.Item>}
      <NewPasswordItems />
      <Button type="primary" htmlType="submit" block loading={busy}>
        {t('link.submit')}
      </Button>
    </Form>
  );
}
