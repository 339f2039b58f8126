/** What the mall promises, as a list and a few numbers say it: no lots, no holds, no database. */
export interface PlainItem {
  points: number;
  money: boolean;
  left: number;
  mostEach: number;
}

export interface PlainOrder {
  key: string;
  person: number;
  item: number;
  points: number;
  state: 'reserved' | 'confirmed' | 'fulfilled' | 'cancelled' | 'reversed';
  endsAt: number;
}

const live = ({ state }: PlainOrder): boolean => state !== 'cancelled' && state !== 'reversed';

/** Orders, stock and points after each act; every act answers with the state it led to, or why it did not. */
export class PlainMall {
  readonly orders: PlainOrder[] = [];
  readonly items: PlainItem[];
  readonly points: Map<number, number>;
  private readonly waitMs: number;

  constructor(items: PlainItem[], points: Map<number, number>, waitMs: number) {
    this.items = items;
    this.points = points;
    this.waitMs = waitMs;
  }

  private has(person: number): number {
    return this.points.get(person) ?? 0;
  }

  exchange(key: string, person: number, at: number, now: number): string {
    const known = this.orders.find((order) => order.key === key);
    if (known) return known.person === person && known.item === at ? known.state : 'key_used';
    const item = this.items[at];
    const had = this.orders.filter((order) => order.person === person && order.item === at && live(order)).length;
    if (had >= item.mostEach) return 'mall_total_limit';
    if (item.left === 0) return 'mall_sold_out';
    if (this.has(person) < item.points) return 'insufficient_points';
    item.left -= 1;
    this.points.set(person, this.has(person) - item.points);
    const state = item.money ? 'reserved' : 'confirmed';
    this.orders.push({ key, person, item: at, points: item.points, state, endsAt: now + this.waitMs });
    return state;
  }

  confirm(order: PlainOrder, now: number): string {
    if (order.state === 'confirmed' || order.state === 'fulfilled') return order.state;
    if (order.state !== 'reserved') return `mall_order_${order.state}`;
    if (order.endsAt <= now) return 'mall_order_too_late';
    return (order.state = 'confirmed');
  }

  cancel(order: PlainOrder): string {
    if (order.state === 'cancelled') return order.state;
    if (order.state !== 'reserved') return `mall_order_${order.state}`;
    return this.putBack(order, 'cancelled');
  }

  ship(order: PlainOrder): string {
    if (order.state === 'fulfilled') return order.state;
    if (order.state !== 'confirmed') return `mall_order_${order.state}`;
    return (order.state = 'fulfilled');
  }

  reverse(order: PlainOrder): string {
    if (order.state === 'reversed') return order.state;
    if (order.state !== 'confirmed' && order.state !== 'fulfilled') return `mall_order_${order.state}`;
    return this.putBack(order, 'reversed');
  }

  /** What waited too long goes back. */
  pass(now: number): void {
    for (const order of this.orders) if (order.state === 'reserved' && order.endsAt <= now) this.putBack(order, 'cancelled');
  }

  private putBack(order: PlainOrder, state: 'cancelled' | 'reversed'): string {
    this.items[order.item].left += 1;
    this.points.set(order.person, this.has(order.person) + order.points);
    return (order.state = state);
  }
}
