/** What stands in the plan, as it was read. */
export interface Standing {
  text: string;
  version: number;
}

/** A short text under somebody's hands: what they have typed, what it was when they began, and whether somebody else was first. */
export interface LineDraft {
  text: string;
  begun: Standing;
  isRefused: boolean;
}

/** Begins with what stands in the plan. */
export const beginLine = (standing: Standing): LineDraft => ({ text: standing.text, begun: standing, isRefused: false });

/** What is to be saved when it is left: on the version it was begun on, so that nobody's words are written over unseen; null where nothing was changed. */
export const saved = ({ text, begun }: LineDraft): Standing | null => (text.trim() === begun.text.trim() ? null : { text, version: begun.version });

/** What is shown while others write: under one's hands what one typed, then what was saved until it is read again, otherwise what stands in the plan. */
export const shownText = (draft: LineDraft | null, sent: Standing | null, standing: Standing): string =>
  draft?.text ?? (sent && sent.version === standing.version ? sent.text : standing.text);
