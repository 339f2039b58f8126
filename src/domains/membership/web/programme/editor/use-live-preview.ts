import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem, call, type FormInstance } from '../../../../../web/kit.ts';
import { useSettled } from '../../../../audiences/web/preview/use-settled.ts';
import { type ExampleMember, type ExampleOrder, type ProgrammeDefinition, previewProgramme } from '../../../contract.ts';
import { definitionOf, errorsByField, lackOf } from './draft.ts';

const pauseMs = 350;

/** What a definition says and does, once the hands are still; what is wrong with it is put at its fields. */
export function useLivePreview(form: FormInstance, draft: ProgrammeDefinition, order: ExampleOrder, member: ExampleMember) {
  const { t } = useTranslation('membership');
  const body = useSettled(JSON.stringify({ definition: definitionOf(draft), order, member }), pauseMs);
  const preview = useQuery({
    queryKey: ['programme preview', body],
    queryFn: ({ signal }) => call(previewProgramme, { body: JSON.parse(body) as { definition: ProgrammeDefinition } }, { signal }),
    placeholderData: (before) => before, staleTime: 60_000, retry: false,
  });
  const faults = preview.error instanceof ApiProblem ? preview.error.fields.map((fault) => {
    const lacks = lackOf(fault);
    return { path: fault.path, text: lacks ? t(`design.lacks.${lacks}`) : (fault.message ?? '') };
  }) : [];
  const findings = preview.error ? faults : (preview.data?.findings.filter(({ level }) => level === 'wrong') ?? []);
  const shown = useRef(new Map<string, (string | number)[]>());
  const errors = JSON.stringify([...errorsByField(findings).values()]);
  useEffect(() => {
    const found = new Map((JSON.parse(errors) as { name: (string | number)[]; errors: string[] }[]).map((each) => [JSON.stringify(each.name), each]));
    const gone = [...shown.current].filter(([key]) => !found.has(key)).map(([, name]) => ({ name, errors: [] }));
    form.setFields([...gone, ...found.values()] as Parameters<typeof form.setFields>[0]);
    shown.current = new Map([...found].map(([key, { name }]) => [key, name]));
  }, [errors, form]);
  return { ...preview, isOld: preview.isPlaceholderData || preview.isFetching };
}
