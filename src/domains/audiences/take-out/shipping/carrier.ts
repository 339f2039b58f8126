import type { HeldShipment, Progress } from './shipment.ts';
import type { Page } from './page.ts';

/** Brings pages to where they belong. */
export interface Carrier {
  page(): Promise<Page>;
  /**
   * Sends a page; `keep` makes progress last before something depends on it. Answers with a status and what is to be
   * remembered of an object in parts, or with `again` where the receiver has lost the pages before. Throws a Problem.
   */
  send(page: Page, keep: (change: Partial<Progress>) => Promise<void>): Promise<Sent>;
}

export type Sent = { again: false; status: number; upload: Progress['upload'] } | { again: true };

/** What the people of a shipment are, as receivers are told. */
export const wordOf = ({ isWhole, progress: { leg } }: Pick<HeldShipment, 'isWhole' | 'progress'>): string => (isWhole ? 'member' : leg);
