import type { ComponentProps, FunctionComponent } from 'react';
import {
  ApiOutlined as Api,
  AppstoreOutlined as Appstore,
  ArrowDownOutlined as ArrowDown,
  ArrowLeftOutlined as ArrowLeft,
  ArrowRightOutlined as ArrowRight,
  ArrowUpOutlined as ArrowUp,
  AuditOutlined as Audit,
  BarChartOutlined as BarChart,
  BranchesOutlined as Branches,
  CalendarOutlined as Calendar,
  CheckCircleOutlined as CheckCircle,
  CheckOutlined as Check,
  ClockCircleOutlined as ClockCircle,
  CloseCircleOutlined as CloseCircle,
  CloseOutlined as Close,
  CloudUploadOutlined as CloudUpload,
  CompassOutlined as Compass,
  CopyOutlined as Copy,
  CrownOutlined as Crown,
  DatabaseOutlined as Database,
  DeleteOutlined as Delete,
  DesktopOutlined as Desktop,
  DisconnectOutlined as Disconnect,
  DownloadOutlined as Download,
  EditOutlined as Edit,
  ExclamationCircleOutlined as ExclamationCircle,
  ExperimentOutlined as Experiment,
  EyeOutlined as Eye,
  FileSearchOutlined as FileSearch,
  FileTextOutlined as FileText,
  FilterOutlined as Filter,
  GiftOutlined as Gift,
  GlobalOutlined as Global,
  GroupOutlined as Group,
  HeartOutlined as Heart,
  HistoryOutlined as History,
  HolderOutlined as Holder,
  IdcardOutlined as Idcard,
  ImportOutlined as Import,
  InboxOutlined as Inbox,
  InfoCircleOutlined as InfoCircle,
  KeyOutlined as Key,
  LinkOutlined as Link,
  LockOutlined as Lock,
  LogoutOutlined as Logout,
  MailOutlined as Mail,
  MenuOutlined as Menu,
  MergeCellsOutlined as MergeCells,
  MessageOutlined as Message,
  MobileOutlined as Mobile,
  MoonOutlined as Moon,
  PictureOutlined as Picture,
  MoreOutlined as More,
  PauseCircleOutlined as PauseCircle,
  PlayCircleOutlined as PlayCircle,
  PlusOutlined as Plus,
  RedoOutlined as Redo,
  ReloadOutlined as Reload,
  RocketOutlined as Rocket,
  RollbackOutlined as Rollback,
  SafetyOutlined as Safety,
  ScheduleOutlined as Schedule,
  SearchOutlined as Search,
  SettingOutlined as Setting,
  ShoppingOutlined as Shopping,
  SplitCellsOutlined as SplitCells,
  StopOutlined as Stop,
  SunOutlined as Sun,
  SwapOutlined as Swap,
  TableOutlined as Table,
  TagsOutlined as Tags,
  TeamOutlined as Team,
  ThunderboltOutlined as Thunderbolt,
  UndoOutlined as Undo,
  UngroupOutlined as Ungroup,
  UploadOutlined as Upload,
  UserAddOutlined as UserAdd,
  UserOutlined as User,
  WarningOutlined as Warning,
} from '@ant-design/icons';

type Icon = FunctionComponent<ComponentProps<typeof Api>>;

/** Words beside an icon, or a label of its own, say what it means; the library would read out the icon's English name. */
const unread = (Shown: typeof Api): Icon => (props) => <Shown aria-hidden={props['aria-label'] === undefined} {...props} />;

// The icons that pages may use, by one name each.
export const ApiOutlined = unread(Api);
export const AppstoreOutlined = unread(Appstore);
export const ArrowDownOutlined = unread(ArrowDown);
export const ArrowLeftOutlined = unread(ArrowLeft);
export const ArrowRightOutlined = unread(ArrowRight);
export const ArrowUpOutlined = unread(ArrowUp);
export const AuditOutlined = unread(Audit);
export const BarChartOutlined = unread(BarChart);
export const BranchesOutlined = unread(Branches);
export const CalendarOutlined = unread(Calendar);
export const CheckCircleOutlined = unread(CheckCircle);
export const CheckOutlined = unread(Check);
export const ClockCircleOutlined = unread(ClockCircle);
export const CloseCircleOutlined = unread(CloseCircle);
export const CloseOutlined = unread(Close);
export const CloudUploadOutlined = unread(CloudUpload);
export const CompassOutlined = unread(Compass);
export const CopyOutlined = unread(Copy);
export const CrownOutlined = unread(Crown);
export const DatabaseOutlined = unread(Database);
export const DeleteOutlined = unread(Delete);
export const DesktopOutlined = unread(Desktop);
export const DisconnectOutlined = unread(Disconnect);
export const DownloadOutlined = unread(Download);
export const EditOutlined = unread(Edit);
export const ExclamationCircleOutlined = unread(ExclamationCircle);
export const ExperimentOutlined = unread(Experiment);
export const EyeOutlined = unread(Eye);
export const FileSearchOutlined = unread(FileSearch);
export const FileTextOutlined = unread(FileText);
export const FilterOutlined = unread(Filter);
export const GiftOutlined = unread(Gift);
export const GlobalOutlined = unread(Global);
export const GroupOutlined = unread(Group);
export const HeartOutlined = unread(Heart);
export const HistoryOutlined = unread(History);
export const HolderOutlined = unread(Holder);
export const IdcardOutlined = unread(Idcard);
export const ImportOutlined = unread(Import);
export const InboxOutlined = unread(Inbox);
export const InfoCircleOutlined = unread(InfoCircle);
export const KeyOutlined = unread(Key);
export const LinkOutlined = unread(Link);
export const LockOutlined = unread(Lock);
export const LogoutOutlined = unread(Logout);
export const MailOutlined = unread(Mail);
export const MenuOutlined = unread(Menu);
export const MergeCellsOutlined = unread(MergeCells);
export const MessageOutlined = unread(Message);
export const MobileOutlined = unread(Mobile);
export const MoonOutlined = unread(Moon);
export const PictureOutlined = unread(Picture);
export const MoreOutlined = unread(More);
export const PauseCircleOutlined = unread(PauseCircle);
export const PlayCircleOutlined = unread(PlayCircle);
export const PlusOutlined = unread(Plus);
export const RedoOutlined = unread(Redo);
export const ReloadOutlined = unread(Reload);
export const RocketOutlined = unread(Rocket);
export const RollbackOutlined = unread(Rollback);
export const SafetyOutlined = unread(Safety);
export const ScheduleOutlined = unread(Schedule);
export const SearchOutlined = unread(Search);
export const SettingOutlined = unread(Setting);
export const ShoppingOutlined = unread(Shopping);
export const SplitCellsOutlined = unread(SplitCells);
export const StopOutlined = unread(Stop);
export const SunOutlined = unread(Sun);
export const SwapOutlined = unread(Swap);
export const TableOutlined = unread(Table);
export const TagsOutlined = unread(Tags);
export const TeamOutlined = unread(Team);
export const ThunderboltOutlined = unread(Thunderbolt);
export const UndoOutlined = unread(Undo);
export const UngroupOutlined = unread(Ungroup);
export const UploadOutlined = unread(Upload);
export const UserAddOutlined = unread(UserAdd);
export const UserOutlined = unread(User);
export const WarningOutlined = unread(Warning);
