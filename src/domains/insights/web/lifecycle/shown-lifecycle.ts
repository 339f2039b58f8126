import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import type { readLifecycle } from '../../contract.ts';

/** States and the rhythm they are reckoned by, as the page shows them. */
export type Lifecycle = NonNullable<EndpointReply<typeof readLifecycle>['lifecycle']>;
