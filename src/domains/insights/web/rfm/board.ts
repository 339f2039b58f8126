import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import type { readRfmBoard } from '../../contract.ts';

/** Everybody scored, as the page shows it. */
export type Board = NonNullable<EndpointReply<typeof readRfmBoard>['board']>;
