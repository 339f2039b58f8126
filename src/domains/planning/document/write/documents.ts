import type { Locale } from '../../../../kernel/locale.ts';
import { createAskThread } from '../../../../platform/threads/ask-thread.ts';
import type { DocumentFormat, WrittenDocument } from '../../contract.ts';
import { clean } from '../blocks.ts';
import { htmlOf } from './html.ts';
import type { ToWrite } from './thread.ts';

/** Writes documents that are lists of blocks. */
export interface Documents {
  write(document: WrittenDocument, format: DocumentFormat, locale: Locale): Promise<Buffer>;
  end(): Promise<void>;
}

/** What a browser and a program of mail are told of each format. */
export const documentTypes: Record<DocumentFormat, string> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', pdf: 'application/pdf', html: 'text/html; charset=utf-8',
};

/** A long document takes a second: it is written in a thread, while others are answered. */
export function createDocuments(): Documents {
  const ask = createAskThread<ToWrite, Uint8Array>(new URL('./thread.ts', import.meta.url), null);
  return {
    write: async (given, format, locale) => {
      // Blocks are clean from where they are made; a title is what somebody called a plan.
      const document = { ...given, title: clean(given.title), subtitle: clean(given.subtitle) };
      return Buffer.from(format === 'html' ? htmlOf(document, locale) : await ask({ document, format, locale }));
    },
    end: ask.end,
  };
}
