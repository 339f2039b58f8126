import { useTranslation } from 'react-i18next';
import { Form, Input } from '../../../web/kit.ts';
import { longestPassword, shortestPassword } from '../passwords/contract.ts';

/** The fields of a form in which a new password is chosen; its value is `password`. */
export function NewPasswordItems() {
  const { t } = useTranslation('access');
  return (
    <>
      <Form.Item
        name="password"
        label={t('password.new')}
        extra={t('password.advice', { count: shortestPassword })}
        rules={[{ required: true, min: shortestPassword, max: longestPassword, message: t('password.length', { count: shortestPassword }) }]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="repeated"
        label={t('password.repeat')}
        dependencies={['password']}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_rule, value) =>
              value === getFieldValue('password') ? Promise.resolve() : Promise.reject(new Error(t('password.different'))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </>
  );
}
