/** Nested keys and their sentences. */
export interface MessageFile {
  [key: string]: string | MessageFile;
}

/** `../../domains/customers/messages/en.json` is `customers`; the web's own file is `web`. */
export const namespaceOf = (path: string): string =>
  /([^/.]+)\/messages\/[^/]+$/.exec(path)?.[1] ?? 'web';

/** Files by their path become messages by their namespace. */
export const byNamespace = (files: Record<string, MessageFile>): Record<string, MessageFile> =>
  Object.fromEntries(Object.entries(files).map(([path, file]) => [namespaceOf(path), file]));
