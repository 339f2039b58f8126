import { useRef } from 'react';
import { call, useMay } from '../../../../web/kit.ts';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { revealCustomer } from '../../contract.ts';

type Revelation = EndpointReply<typeof revealCustomer>;

/**
 * Reads a customer's personal values in full when they are first asked for, once for all that stand
 * on the page: one look is one entry of the audit log. Undefined to who may not look.
 */
export function useRevelation(customerNo: number): (() => Promise<Revelation>) | undefined {
  const mayReveal = useMay('customers.reveal');
  const asked = useRef<{ customerNo: number; reply: Promise<Revelation> }>(undefined);
  if (!mayReveal) return undefined;
  return () => {
    if (asked.current?.customerNo !== customerNo) {
      const reply = call(revealCustomer, { params: { customerNo } });
      asked.current = { customerNo, reply };
      reply.catch(() => (asked.current = undefined));
    }
    return asked.current.reply;
  };
}
