import { theme, type ThemeConfig } from 'antd';
import { dark, fontFamily, light } from './colours.ts';

/** Told apart by most colour-blind readers in this order, on both backgrounds. */
export const chartColors = {
  light: ['#1f6a4d', '#d08a1e', '#3d6fb4', '#b4533a', '#4aa5a0', '#7b5a96', '#8c9640', '#8a8577'],
  dark: ['#57b48a', '#e0ad4f', '#7ba6e0', '#dd8468', '#74c9c3', '#b093cc', '#b7c06a', '#aaa596'],
} as const;

/** The only place where colours, sizes and fonts are chosen; pages use components and nothing else. `isStill`: for who wants no movement. */
export const themeFor = (isDark: boolean, isStill = false): ThemeConfig => ({
  algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
  cssVar: { key: 'perennial' },
  hashed: false,
  token: {
    ...(isDark ? dark : light),
    fontFamily,
    motion: !isStill,
    fontSize: 14,
    borderRadius: 8,
    borderRadiusSM: 4,
    wireframe: false,
  },
  components: {
    Layout: {
      headerBg: 'var(--ant-color-bg-container)',
      siderBg: 'var(--ant-color-bg-container)',
      bodyBg: 'var(--ant-color-bg-layout)',
      headerHeight: 56,
      headerPadding: '0 16px',
    },
    Menu: { itemBg: 'transparent', subMenuItemBg: 'transparent', activeBarBorderWidth: 0, itemHeight: 36 },
    Table: {
      headerBg: 'transparent',
      headerSplitColor: 'transparent',
      cellPaddingInlineMD: 14,
      cellPaddingInlineSM: 12,
    },
    Progress: { defaultColor: 'var(--ant-color-primary)' },
    Card: { bodyPadding: 20 },
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', contentFontSizeSM: 12, ...(isDark ? { primaryColor: '#0d1f17' } : {}) },
  },
});
