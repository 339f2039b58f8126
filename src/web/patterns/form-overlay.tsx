import { Button, Drawer, Form, Modal } from 'antd';
import { type KeyboardEvent, type ReactNode, useEffect, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Endpoint } from '../../kernel/endpoint.ts';
import styles from './patterns.module.css';
import { type FormActionOptions, useFormAction } from './use-form-action.tsx';

/** A form over the page that calls one endpoint. `onDone` should close it. */
export interface FormOverlayProps<E extends Endpoint, V extends object> extends FormActionOptions<E, V> {
  open: boolean;
  title: string;
  submitLabel: string;
  initial?: Partial<V>;
  onCancel: () => void;
  /** What else can be done with it, at the other end of its foot. */
  aside?: ReactNode;
  /** `Form.Item`s with names. */
  children: ReactNode;
}

/** Enter on a day that was typed takes the day; it does not send the form away half filled. */
function takeDay(event: KeyboardEvent): void {
  if (event.key === 'Enter' && (event.target as Element).closest('.ant-picker')) event.preventDefault();
}

function useOverlayForm<E extends Endpoint, V extends object>(props: FormOverlayProps<E, V>) {
  const { t } = useTranslation('web');
  const id = useId();
  const { form, submit, busy, problem, clear } = useFormAction<E, V>(props);
  const { open, initial } = props;
  useEffect(() => {
    if (!open) return;
    clear();
    form.resetFields();
    // Each opening starts from what is given then; the effect follows `open` alone on purpose.
    if (initial) form.setFieldsValue(initial as Parameters<typeof form.setFieldsValue>[0]);
  }, [open]);
  const body = (
    <Form<V> id={id} name={id} form={form} layout="vertical" onFinish={submit} onKeyDown={takeDay} requiredMark="optional" disabled={busy}>
      <div className={styles.stack}>
        {problem}
        <div>{props.children}</div>
      </div>
    </Form>
  );
  const foot = (
    <div className={styles.formFoot}>
      {props.aside && <div style={{ marginInlineEnd: 'auto' }}>{props.aside}</div>}
      <Button onClick={props.onCancel}>{t('form.cancel')}</Button>
      <Button type="primary" htmlType="submit" form={id} loading={busy}>
        {props.submitLabel}
      </Button>
    </div>
  );
  return { body, foot };
}

/** For a few fields. */
export function FormModal<E extends Endpoint, V extends object>(props: FormOverlayProps<E, V>) {
  const { body, foot } = useOverlayForm(props);
  return (
    <Modal open={props.open} title={props.title} onCancel={props.onCancel} footer={foot} forceRender>
      {body}
    </Modal>
  );
}

/** For many fields, with the page still in sight. */
export function FormDrawer<E extends Endpoint, V extends object>(props: FormOverlayProps<E, V>) {
  const { body, foot } = useOverlayForm(props);
  return (
    <Drawer open={props.open} title={props.title} onClose={props.onCancel} footer={foot} size={560} forceRender>
      {body}
    </Drawer>
  );
}
