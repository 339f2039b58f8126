import { Form, type FormInstance } from 'antd';
import { useCallback, useEffect, useRef } from 'react';
import type { FieldError } from './field-problems.ts';

/** Marks fields as wrong. A mark goes with the next ones, and by itself when its field is changed: a field without rules of its own would keep it. */
export function useFieldMarks(form: FormInstance): (errors: readonly FieldError[]) => void {
  const marked = useRef<{ name: FieldError['name']; was: string }[]>([]);
  // Watched as one text, so that a form is drawn again by changes of marked fields alone.
  const values = Form.useWatch(() => marked.current.map(({ name }) => valueOf(form, name)).join('\n'), form) as string | undefined;
  const put = useCallback((errors: readonly FieldError[]) => form.setFields(errors as Parameters<typeof form.setFields>[0]), [form]);
  useEffect(() => {
    const isChanged = ({ name, was }: (typeof marked.current)[number]): boolean => was !== valueOf(form, name);
    put(marked.current.filter(isChanged).map(({ name }) => ({ name, errors: [] })));
    marked.current = marked.current.filter((each) => !isChanged(each));
  }, [values, form, put]);
  return useCallback((errors) => {
    put([...marked.current.map(({ name }) => ({ name, errors: [] })), ...errors]);
    marked.current = errors.map(({ name }) => ({ name, was: valueOf(form, name) }));
    if (errors[0]) form.scrollToField(errors[0].name);
  }, [form, put]);
}

const valueOf = (form: FormInstance, name: FieldError['name']): string => JSON.stringify(form.getFieldValue(name)) ?? '';
