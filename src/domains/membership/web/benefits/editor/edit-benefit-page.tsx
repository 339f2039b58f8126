import { useState } from 'react';
import type { EndpointReply } from '../../../../../kernel/endpoint.ts';
import { Loaded, useEndpoint, usePathParam } from '../../../../../web/kit.ts';
import { readBenefit, readBenefitMatrix, type ShownBenefit } from '../../../contract.ts';
import { BenefitEditor } from './benefit-editor.tsx';

/** A benefit that is there. */
export default function EditBenefitPage() {
  const benefit = useEndpoint(readBenefit, { params: { benefitId: Number(usePathParam('benefitId')) } });
  const matrix = useEndpoint(readBenefitMatrix);
  return <Loaded from={benefit}>{(shown) => <Loaded from={matrix}>{(of) => <Edited key={shown.benefitId} benefit={shown} matrix={of} />}</Loaded>}</Loaded>;
}

/** What is edited is what was opened: a reply that comes later does not change it under one's hands. */
function Edited({ benefit, matrix }: { benefit: ShownBenefit; matrix: EndpointReply<typeof readBenefitMatrix> }) {
  const [edited] = useState(() => ({ benefitId: benefit.benefitId, version: benefit.version, definition: benefit.definition }));
  return <BenefitEditor edited={edited} matrix={matrix} />;
}
