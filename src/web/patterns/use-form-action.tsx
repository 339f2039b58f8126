import { Alert, Form, type FormInstance } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Endpoint, EndpointReply, EndpointRequest } from '../../kernel/endpoint.ts';
import { sentenceOf } from '../api/sentence.ts';
import { useAction } from '../api/use-action.ts';
import { fieldErrors } from './field-problems.ts';
import { useFieldMarks } from './use-field-marks.ts';

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

/** Sends a form to an endpoint and puts what the server refuses beside the fields it is about, until they are changed or saved. */
export function useFormAction<E extends Endpoint, V extends object>(
  options: FormActionOptions<E, V>,
): FormAction<V> {
  const { t } = useTranslation('web');
  const [form] = Form.useForm<V>();
  const mark = useFieldMarks(form as FormInstance);
  const action = useAction(options.endpoint, {
    quiet: true,
    onSuccess: (reply) => {
      mark([]);
      options.onDone?.(reply);
    },
    ...(options.invalidates ? { invalidates: options.invalidates } : {}),
    ...(options.done ? { done: options.done } : {}),
  });
  const { error } = action;
  const [{ isMarked, loose }, setFound] = useState<{ isMarked: boolean; loose: string[] }>({ isMarked: false, loose: [] });
  useEffect(() => {
    const found = fieldErrors(error?.fields ?? [], t('form.invalid'), form.getFieldsError().map(({ name }) => name as (string | number)[]), (n, text) => t('form.itemOf', { n, text }));
    if (error) mark(found.marks);
    setFound({ isMarked: found.marks.length > 0, loose: found.loose });
  }, [error, form, mark, t]);
  return {
    form,
    submit: (values) => action.mutate(options.request(values)),
    busy: action.isPending,
    problem: error ? <Refusal sentence={isMarked ? error.message : sentenceOf(error, t)} also={loose} /> : null,
    clear: action.reset,
  };
}

/** Why the server refused, and what it says of things that are no field of the form. */
function Refusal({ sentence, also }: { sentence: string; also: readonly string[] }) {
  const others = also.filter((each) => !sentence.includes(each));
  return <Alert type="error" showIcon title={sentence} description={others.length > 0 ? others.map((each) => <div key={each}>{each}</div>) : undefined} />;
}
