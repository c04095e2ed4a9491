import {
  ArrowRight, Bell, CalendarDays, Check, ChevronLeft, ChevronRight, CircleAlert, CircleHelp, ClipboardList, Clock, Copy, DoorOpen, Eye, EyeOff, Footprints,
  Hand, House, Inbox, Languages, Lock, MessageSquareText, Pencil, Phone, Plus, RefreshCw, Search, Send, Settings, Smartphone, Trash2,
  TriangleAlert, Undo2, UserRound, Users, WifiOff, X,
} from 'lucide-react';

/** The one icon set, by what the icon shows. */
const icons = {
  alert: CircleAlert, arrow_right: ArrowRight, back: ChevronLeft, bell: Bell, calendar: CalendarDays, check: Check, clock: Clock, close: X,
  copy: Copy, door: DoorOpen, edit: Pencil, eye: Eye, eye_off: EyeOff, feedback: MessageSquareText, hand: Hand, help: CircleHelp, house: House,
  inbox: Inbox, languages: Languages, list: ClipboardList, lock: Lock, next: ChevronRight, no_signal: WifiOff, people: Users, person: UserRound,
  phone: Phone, plus: Plus, search: Search, send: Send, settings: Settings, smartphone: Smartphone, sync: RefreshCw, today: Footprints,
  trash: Trash2, undo: Undo2, urgent: TriangleAlert,
} as const;
export type IconName = keyof typeof icons;

/** Always beside a word, so it is hidden from those who listen. */
export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number | undefined }) {
  const Shape = icons[name];
  return <Shape size={size} aria-hidden />;
}
