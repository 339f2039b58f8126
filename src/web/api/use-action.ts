import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { App } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Endpoint, EndpointReply, EndpointRequest } from '../../kernel/endpoint.ts';
import type { ApiProblem } from './api-problem.ts';
import { call } from './call.ts';
import { createOnceAtATime } from './once-at-a-time.ts';
import { sentenceOf } from './sentence.ts';
import { endpointKey } from './use-endpoint.ts';

/** What follows an action that changes something. */
export interface ActionOptions<E extends Endpoint> {
  /** After success, before the screens that show what changed are read again. */
  onSuccess?: (reply: EndpointReply<E>, request: EndpointRequest<E>) => void;
  /** Endpoints whose replies this action makes old. */
  invalidates?: Endpoint[];
  /** A sentence shown briefly after success. */
  done?: string;
  /** True where the page shows the problem itself, as a form does. */
  quiet?: boolean;
}

/**
 * An endpoint that changes something: `action.mutate({ body })`; a failure is shown as a notification. The same asked again while it runs, and until
 * the screens that show what changed are read again, is the second click of a double click: nothing is sent, and nothing is said.
 */
export function useAction<E extends Endpoint>(
  endpoint: E,
  options: ActionOptions<E> = {},
): UseMutationResult<EndpointReply<E>, ApiProblem, EndpointRequest<E>> {
  const client = useQueryClient();
  const { notification, message } = App.useApp();
  const { t } = useTranslation('web');
  const [onceAtATime] = useState(() => createOnceAtATime<EndpointReply<E>>());
  const readAgain = (): Promise<void> => {
    const old = new Set(options.invalidates?.map(endpointKey));
    return client.invalidateQueries({ predicate: (query) => old.has(String(query.queryKey[0])) });
  };
  const action = useMutation<EndpointReply<E>, ApiProblem, EndpointRequest<E>>({
    mutationFn: (request) => call(endpoint, request),
    onSuccess: async (reply, request) => {
      options.onSuccess?.(reply, request);
      if (options.done) void message.success(options.done);
      await readAgain();
    },
    onError: (problem) => {
      if (options.quiet || problem.status === 401) return;
      notification.error({ title: t('error.title'), description: sentenceOf(problem, t) });
      // Somebody else was first: what is shown is not so any more.
      if (problem.status === 409) void readAgain();
    },
  });
  const { mutateAsync: send } = action;
  const once = useMemo(() => {
    const mutateAsync: typeof send = (request, after) => onceAtATime(request, () => send(request, after));
    const mutate: typeof action.mutate = (request, after) => void mutateAsync(request, after).catch(() => undefined);
    return { mutate, mutateAsync };
  }, [send, onceAtATime]);
  return { ...action, ...once };
}
