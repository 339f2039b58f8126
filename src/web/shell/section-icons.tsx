import type { ReactNode } from 'react';
import {
  AppstoreOutlined,
  BarChartOutlined,
  CompassOutlined,
  CrownOutlined,
  HeartOutlined,
  MessageOutlined,
  RocketOutlined,
  SettingOutlined,
  TeamOutlined,
} from '../icons.tsx';
import type { Section } from '../router/page.ts';

export const sectionIcons: Record<Section, ReactNode> = {
  today: <AppstoreOutlined />,
  plan: <CompassOutlined />,
  users: <TeamOutlined />,
  insights: <BarChartOutlined />,
  members: <CrownOutlined />,
  programs: <RocketOutlined />,
  private: <MessageOutlined />,
  experience: <HeartOutlined />,
  settings: <SettingOutlined />,
};
