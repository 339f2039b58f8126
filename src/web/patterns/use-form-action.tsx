import { Alert, Form, type FormInstance } from 'antd';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Endpoint, EndpointReply, EndpointRequest } from '../../kernel/endpoint.ts';
import { sentenceOf } from '../api/sentence.ts';
import { useAction } from '../api/use-action.ts';
import { currentLocale } from '../i18n/language.ts';
import { fieldErrors } from './field-problems.ts';

/** A form that calls one endpoint. */
export interface FormActionOptions<E extends Endpoint, V extends object> {
  endpoint: E;
  /** From the form's values to the request. */
  request: (values: V) => EndpointRequest<E>;
  onDone?: (reply: EndpointReply<E>) => void;
  invalidates?: Endpoint[];
  /** A sentence shown briefly after success. */
  done?: string;
}

/** The parts to build a form from. */
export interface FormAction<V extends object> {
  form: FormInstance<V>;
  submit: (values: V) => void;
  busy: boolean;
  /** The server's sentence when it refused; null otherwise. */
  problem: ReactNode;
  /** Forgets the last refusal. */
  clear: () => void;
}

/** Sends a form to an endpoint and puts what the server refuses beside the fields it is about. */
export function useFormAction<E extends Endpoint, V extends object>(
  options: FormActionOptions<E, V>,
): FormAction<V> {
  const { t } = useTranslation('web');
  const [form] = Form.useForm<V>();
  const action = useAction(options.endpoint, {
    quiet: true,
    ...(options.onDone ? { onSuccess: options.onDone } : {}),
    ...(options.invalidates ? { invalidates: options.invalidates } : {}),
    ...(options.done ? { done: options.done } : {}),
  });
  const { error } = action;
  useEffect(() => {
    if (!error) return;
    // What a contract says of its own rules is written for those who call the API, in English.
    const told = error.fields.map(({ message, ...field }) => (message === undefined || (field.code === 'custom' && currentLocale() !== 'en') ? field : { ...field, message }));
    const known = fieldErrors(told, t('form.invalid'));
    form.setFields(known as Parameters<typeof form.setFields>[0]);
    if (known[0]) form.scrollToField(known[0].name as Parameters<typeof form.scrollToField>[0]);
  }, [error, form, t]);
  return {
    form,
    submit: (values) => action.mutate(options.request(values)),
    busy: action.isPending,
    problem: error ? <Alert type="error" showIcon title={sentenceOf(error, t)} /> : null,
    clear: action.reset,
  };
}
