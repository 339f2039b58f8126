import { useState } from 'react';
import type { EndpointReply } from '../../../../../kernel/endpoint.ts';
import { Loaded, useEndpoint } from '../../../../../web/kit.ts';
import { readBenefitMatrix } from '../../../contract.ts';
import { BenefitEditor } from './benefit-editor.tsx';
import { newBenefit } from './draft.ts';

/** A new benefit. */
export default function NewBenefitPage() {
  const matrix = useEndpoint(readBenefitMatrix);
  return <Loaded from={matrix}>{(shown) => <Fresh matrix={shown} />}</Loaded>;
}

function Fresh({ matrix }: { matrix: EndpointReply<typeof readBenefitMatrix> }) {
  const [edited] = useState(() => newBenefit(matrix.tiers.map(({ key }) => key), new Date().toISOString()));
  return <BenefitEditor edited={edited} matrix={matrix} />;
}
