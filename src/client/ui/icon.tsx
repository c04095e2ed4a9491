import {
  BookOpen, Camera, Check, ChevronRight, CircleHelp, Copy, Delete, Eye, EyeOff, FileLock2, Fingerprint, Footprints, House, Image, Inbox, Lock, MapPin, MessageSquareText, Phone, Plus, Printer,
  RefreshCw, ScrollText, Settings, Share2, Smartphone, Trash2, TriangleAlert, UserCog, Users, WifiOff,
} from 'lucide-react';

/** The one icon set, by what the icon shows. */
const icons = {
  book: BookOpen, camera: Camera, check: Check, copy: Copy, erase: Delete, eye: Eye, eye_off: EyeOff, feedback: MessageSquareText, file: FileLock2, fingerprint: Fingerprint, help: CircleHelp, house: House, image: Image, inbox: Inbox,
  lock: Lock, log: ScrollText, members: UserCog, next: ChevronRight, no_signal: WifiOff, people: Users, phone: Phone, place: MapPin, plus: Plus,
  print: Printer, settings: Settings, share: Share2, smartphone: Smartphone, sync: RefreshCw, today: Footprints, trash: Trash2, urgent: TriangleAlert,
} as const;
export type IconName = keyof typeof icons;

/** Always beside a word, so it is hidden from those who listen. */
export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number | undefined }) {
  const Shape = icons[name];
  return <Shape size={size} aria-hidden />;
}
