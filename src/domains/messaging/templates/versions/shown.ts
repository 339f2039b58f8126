import { locales } from '../../../../kernel/locale.ts';
import type { ShownTemplate, ShownTemplateVersion, TemplateContent } from '../../contract.ts';
import type { TemplateRow, VersionRow } from './store.ts';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export const localesOf = (content: TemplateContent) => locales.filter((locale) => content.locales[locale] !== undefined);

export const shownTemplate = ({ createdAt, archivedAt, ...row }: TemplateRow): ShownTemplate => ({ ...row, createdAt: createdAt.toISOString(), archivedAt: iso(archivedAt) });

/** A version without what it says. */
export const shownVersion = (row: VersionRow): ShownTemplateVersion => ({
  ...row, locales: localesOf(row.content), editedAt: row.editedAt.toISOString(), submittedAt: iso(row.submittedAt), approvedAt: iso(row.approvedAt), withdrawnAt: iso(row.withdrawnAt),
});
