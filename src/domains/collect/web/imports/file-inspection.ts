import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import type { inspectImport } from '../../imports/contract.ts';

/** What is known of an uploaded file: its columns, sample rows, a guessed mapping. */
export type FileInspection = EndpointReply<typeof inspectImport>;
