import type { MallOrder } from '../../contract.ts';

export const orderColors: Record<MallOrder['state'], string> = {
  opened: 'processing', reserved: 'processing', paying: 'processing', confirmed: 'warning', fulfilled: 'success', closing: 'default', cancelled: 'default', reversing: 'default', reversed: 'default',
};
