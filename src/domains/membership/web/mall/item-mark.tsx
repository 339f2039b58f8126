import { Avatar, Flex } from '../../../../web/kit.ts';
import { CrownOutlined, GiftOutlined, HeartOutlined, IdcardOutlined, InboxOutlined, ShoppingOutlined, TagsOutlined, ThunderboltOutlined } from '../../../../web/icons.tsx';
import type { MallItemDefinition } from '../../contract.ts';

const icons: Record<MallItemDefinition['icon'], typeof GiftOutlined> = {
  gift: GiftOutlined, ticket: TagsOutlined, bag: ShoppingOutlined, star: ThunderboltOutlined, heart: HeartOutlined, crown: CrownOutlined, truck: InboxOutlined, cup: IdcardOutlined,
};

/** An item's picture: its icon on its colour, beside its name. */
export function ItemMark({ icon, color, name, size = 32 }: { icon: MallItemDefinition['icon']; color: string; name: string; size?: number }) {
  const Icon = icons[icon];
  return (
    <Flex gap="small" align="center">
      <Avatar shape="square" size={size} style={{ background: color, flex: 'none' }} icon={<Icon aria-hidden />} />
      <span>{name}</span>
    </Flex>
  );
}
