import { useQueries } from '@tanstack/react-query';
import { call } from '../../../../../web/kit.ts';
import { showPicture } from '../../../contract.ts';
import { picturesOf } from './shown-page.ts';

/** So many of a mail; the others are drawn. */
const most = 30;
const freshMs = 600_000;

/** The pictures of a mail as the server read them, by their addresses, as far as they are there. */
export function usePictures(html: string): ReadonlyMap<string, string> {
  const found = useQueries({
    queries: picturesOf(html).slice(0, most).map((url) => ({
      queryKey: ['template picture', url], staleTime: freshMs, retry: false,
      queryFn: async ({ signal }: { signal: AbortSignal }) => [url, (await call(showPicture, { body: { url } }, { signal })).picture] as const,
    })),
  });
  return new Map(found.flatMap(({ data }) => (data ? [data] : [])));
}
