import { useState } from 'react';
import type { MemberPage } from '../../domains/membership/contract.ts';
import { useMember } from './member-context.ts';
import { Ask, Part, Said } from './parts.tsx';
import { Recipient } from './recipient.tsx';
import { useChange } from './use-change.ts';
import { say } from './words.ts';

type Shown = NonNullable<MemberPage['mall']>;
type Item = Shown['items'][number];

/** What points can be exchanged for, and what they were exchanged for, with the codes. */
export function Mall({ mall: { items, orders } }: { mall: Shown }) {
  const { page: { mode } } = useMember();
  const [wanted, setWanted] = useState<Item | null>(null);
  const price = usePrice();
  return (
    <Part title={say('mall.title')}>
      <ul className="tiles">
        {items.map((item) => (
          <li key={item.itemNo}>
            <strong>{item.name}</strong>
            {item.note && <span>{item.note}</span>}
            <span className="figures">{price(item)}</span>
            <small className="quiet">{item.hindrance ?? (item.left !== null && say('mall.left', { left: item.left }))}</small>
            {Number(item.money) === 0 && <button type="button" disabled={item.hindrance !== null || mode === 'view'} onClick={() => setWanted(item)}>{say('mall.exchange')}</button>}
          </li>
        ))}
      </ul>
      {orders.length > 0 && <Orders orders={orders} />}
      {wanted && <Exchange key={wanted.itemNo} item={wanted} onEnd={() => setWanted(null)} />}
    </Part>
  );
}

function usePrice(): (of: { points: number; money: string }) => string {
  const { format } = useMember();
  return ({ points, money }) => say(Number(money) > 0 ? 'mall.priceWithMoney' : 'mall.price', { points: format.number(points), money: format.money(money) });
}

/** Asked for once more; the key is made with the question, so that a second tap is the same exchange. */
function Exchange({ item, onEnd }: { item: Item; onEnd: () => void }) {
  const { show } = useMember();
  const { isBusy, said, change } = useChange();
  const [key] = useState(() => crypto.randomUUID());
  const price = usePrice();
  const exchange = (): void => void change<MemberPage>('POST', '/exchanges', { key, itemNo: item.itemNo }, (page) => {
    show(page);
    onEnd();
    return null;
  });
  return (
    <Ask title={say('mall.confirm', { price: price(item), name: item.name })} yes={say('mall.yes')} no={say('mall.no')} isBusy={isBusy} onYes={exchange} onNo={onEnd}>
      <Said said={said} />
    </Ask>
  );
}

function Orders({ orders }: { orders: Shown['orders'] }) {
  const { format } = useMember();
  return (
    <>
      <h3>{say('mall.orders')}</h3>
      <ul className="entries">
        {orders.map(({ orderNo, name, at, state, code, note, points, recipient }) => (
          <li key={orderNo}>
            <span>
              {name}
              {code && <strong className="code">{say('mall.code', { code })}</strong>}
              <small className="quiet">{format.date(at)} · {say(`mall.state.${state}`)}{note && ` · ${note}`}</small>
              {recipient !== undefined && <Recipient orderNo={orderNo} recipient={recipient} />}
            </span>
            <span className="figures">{say('mall.price', { points: format.number(points) })}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
