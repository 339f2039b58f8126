import { useTranslation } from 'react-i18next';
import { Button, Form, Input, useFormAction } from '../../../../web/kit.ts';
import { changePassword, readAccount } from '../../sessions/contract.ts';
import { NewPasswordItems } from '../new-password-items.tsx';

interface Values {
  current?: string;
  password: string;
}

/** Changes the password; who has none yet sets a first one. */
export function PasswordForm({ hasPassword }: { hasPassword: boolean }) {
  const { t } = useTranslation('access');
  const { form, submit, busy, problem } = useFormAction<typeof changePassword, Values>({
    endpoint: changePassword,
    request: ({ current, password }) => ({ body: { ...(current === undefined ? {} : { current }), password } }),
    invalidates: [readAccount],
    onDone: () => form.resetFields(),
    done: t('account.passwordSaved'),
  });
  return (
    <Form<Values> form={form} layout="vertical" requiredMark={false} disabled={busy} onFinish={submit}>
      {problem && <Form.Item>{problem}</Form.Item>}
      {hasPassword && (
        <Form.Item name="current" label={t('password.current')} rules={[{ required: true, message: t('signIn.required') }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
      )}
      <NewPasswordItems />
      <Button type="primary" htmlType="submit" loading={busy}>
        {t(hasPassword ? 'account.changePassword' : 'account.setPassword')}
      </Button>
    </Form>
  );
}
