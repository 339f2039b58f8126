import type pg from 'pg';
import type { Customers } from '../../../customers/public.ts';

/** What an order or an event says of a product. */
export interface ProductSaid {
  productId: string;
  name: string;
  category: string;
  brand: string;
  /** Ten-thousandths. */
  listPrice: bigint | null;
  at: Date;
}

/** What the intake needs of other domains. */
export interface IntakeDoors {
  customers: Pick<Customers, 'identities' | 'profiles' | 'consents' | 'vault'>;
  /** Takes what is said of products into the catalogue, in the caller's transaction. */
  upsertProducts(client: pg.PoolClient, products: ProductSaid[]): Promise<void>;
  /** Makes the totals of these customers again. */
  refreshSummaries(customerNos: number[]): Promise<void>;
}
