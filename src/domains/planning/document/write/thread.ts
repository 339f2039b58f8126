import type { Locale } from '../../../../kernel/locale.ts';
import { answerInThread } from '../../../../platform/threads/answer-in-thread.ts';
import type { WrittenDocument } from '../../contract.ts';
import { docxOf } from './docx.ts';
import { pdfOf } from './pdf.ts';

/** What the thread is asked for. */
export interface ToWrite {
  document: WrittenDocument;
  format: 'docx' | 'pdf';
  locale: Locale;
}

answerInThread<ToWrite, Uint8Array>(({ document, format, locale }) => (format === 'pdf' ? pdfOf : docxOf)(document, locale));
