import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Entrance, Form, Input, returnAddress, useFormAction, useSession } from '../../../../web/kit.ts';
import { signIn } from '../../sessions/contract.ts';

interface Values {
  email: string;
  password: string;
}

const goOn = (): void => window.location.assign(returnAddress(window.location.search));

export default function SignInPage() {
  const { t } = useTranslation('access');
  const { actor, brand } = useSession();
  const { form, submit, busy, problem } = useFormAction<typeof signIn, Values>({
    endpoint: signIn,
    request: (values) => ({ body: values }),
    onDone: goOn,
  });
  useEffect(() => {
    if (actor) goOn();
  }, [actor]);
  const required = [{ required: true, message: t('signIn.required') }];
  return (
    <Entrance title={t('signIn.title')} subtitle={t('signIn.subtitle', { brand: brand.name })} promise={t('entrance.promise')} promiseHint={t('entrance.hint')}>
      <Form<Values> form={form} layout="vertical" size="large" requiredMark={false} disabled={busy} onFinish={submit}>
        {problem && <Form.Item>{problem}</Form.Item>}
        <Form.Item name="email" label={t('signIn.email')} rules={required}>
          <Input type="email" autoComplete="username" autoFocus />
        </Form.Item>
        <Form.Item name="password" label={t('signIn.password')} rules={required} extra={t('signIn.forgotten')}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={busy}>
          {t('signIn.submit')}
        </Button>
      </Form>
    </Entrance>
  );
}
