import { currentLocale } from '../i18n/language.ts';
import { ApiProblem, readProblem, unreachable } from './api-problem.ts';
import { reportSignedOut } from './signed-out.ts';

/** How an upload is followed and stopped. */
export interface UploadOptions {
  /** Called with the part that has been sent, 0 to 1. */
  onProgress?: (part: number) => void;
  signal?: AbortSignal;
  /** Further fields of the form, sent before the file. */
  fields?: Record<string, string>;
}

/**
 * Sends one file as `multipart/form-data`, field `file`, by POST. Resolves with the reply's
 * JSON. XMLHttpRequest, because fetch does not tell how much has been sent.
 * Throws `ApiProblem`; code `web.aborted` when the signal stopped it.
 */
export function upload<R>(path: string, file: File, options: UploadOptions = {}): Promise<R> {
  return new Promise<R>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('accept-language', currentLocale());
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) options.onProgress?.(event.loaded / event.total);
    };
    request.onload = () => {
      if (request.status >= 200 && request.status < 300)
        return resolve((request.responseText ? JSON.parse(request.responseText) : undefined) as R);
      if (request.status === 401) reportSignedOut();
      const retryAfter = request.getResponseHeader('retry-after');
      reject(readProblem(request.status, request.responseText, retryAfter));
    };
    request.onerror = () => reject(unreachable());
    request.onabort = () => reject(new ApiProblem(0, 'web.aborted', ''));
    options.signal?.addEventListener('abort', () => request.abort(), { once: true });
    const form = new FormData();
    for (const [name, value] of Object.entries(options.fields ?? {})) form.append(name, value);
    form.append('file', file);
    request.send(form);
  });
}

/** Lets the browser save what an address answers with (the server names the file). */
export function download(path: string): void {
  const link = document.createElement('a');
  link.href = path;
  link.download = '';
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
}
