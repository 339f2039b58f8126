import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { useEndpoint } from '../../../../web/kit.ts';
import { listFields } from '../../contract.ts';

export type FieldList = EndpointReply<typeof listFields>;

const freshForMs = 60_000;

/** Everything a rule can ask for. */
export const useFieldList = () => useEndpoint(listFields, {}, { freshForMs });
