/** A real phone without a screen: keys, store over a disk in memory, sealing, engine and transport as in the app. */
import type { Fetch } from '#client/remote/call.ts';
import { enrol, fetchEndpoint } from '#client/remote/enrolment.ts';
import { createSessionCalls } from '#client/remote/session-calls.ts';
import { createTransport } from '#client/remote/sync-transport.ts';
import { createMemoryDisk } from '#client/store/memory-disk.ts';
import { openFieldStore } from '#client/store/open-store.ts';
import { beginEnrolment, completeEnrolment } from '#client/store/enrol-phone.ts';
import type { UnlockedPhone } from '#client/store/phone.ts';
import { recordVisit } from '#domain/record-visit.ts';
import { topics } from '#domain/topic.ts';
import { companionUnits } from '#domain/visit.ts';
import { createSyncEngine } from '#sync/engine.ts';
import type { Clock, SyncEngine } from '#sync/engine.ts';
import { base64urlToBytes } from '#sync/entry.ts';
import { createNewId } from '#sync/new-id.ts';
import type { Chance } from '#simulation/chance.ts';

export type PhoneStore = Awaited<ReturnType<typeof openFieldStore>>;

export const clock: Clock = {
  now: () => Date.now(),
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
};
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

/** A page between unlock and lock: its store has one sealing session. */
export interface Page {
  readonly store: PhoneStore;
  readonly engine: SyncEngine;
  lock(): void;
}

export interface FieldPhone {
  openPage(fetchFrom: Fetch): Promise<Page>;
  /** What waits to be sent: how many entries, their sealed bytes, the text these travel as, sealing sessions. */
  outboxSize(): Promise<{ readonly entries: number; readonly sealedBytes: number; readonly text: number; readonly sessions: number }>;
}

export async function enrolFieldPhone(invitation: string, fetchFrom: Fetch): Promise<FieldPhone> {
  const disk = createMemoryDisk();
  const endpoint = await fetchEndpoint(fetchFrom);
  if (!endpoint.ok) throw new Error(`no endpoint: ${endpoint.error}`);
  const newId = createNewId(clock.now, random);
  const begun = await beginEnrolment(disk, { invitation, endpoint: endpoint.value, passphrase: 'sông bằng mùa nước nổi', newId });
  if (!begun.ok) throw new Error(`no keys: ${begun.error.code}`);
  const phone: UnlockedPhone = begun.value;
  const answer = await enrol(begun.value.enrolling, fetchFrom);
  if (!answer.ok) throw new Error(`not enrolled: ${answer.error}`);
  const completed = await completeEnrolment(disk, phone, answer.value);
  if (!completed.ok) throw new Error(completed.error.code);

  return {
    async openPage(pageFetch) {
      const store = await openFieldStore({ disk: disk.open(), phone, clock, random });
      const engine = createSyncEngine({ store, transport: createTransport(createSessionCalls(phone, pageFetch)), clock, random: Math.random });
      return { store, engine, lock: () => engine.stop() };
    },
    async outboxSize() {
      const rows = (await disk.read(['outbox'], async ({ outbox }) => await outbox.all())).filter((row) => row.settledAt === undefined);
      const sealed = rows.map(({ bytes }) => {
        const read = base64urlToBytes(bytes);
        return read.ok ? read.value.length : 0;
      });
      return {
        entries: rows.length,
        sealedBytes: sealed.reduce((sum, length) => sum + length, 0),
        text: rows.reduce((sum, row) => sum + row.bytes.length, 0),
        sessions: new Set(rows.map((row) => row.sessionId)).size,
      };
    },
  };
}

const doings = [
  'Hướng dẫn gia đình đăng ký giống ngô vụ xuân, hẹn thứ năm lên lại cùng cán bộ khuyến nông',
  'Nói rõ cách gia hạn thẻ bảo hiểm y tế cho hai cháu nhỏ', 'Thăm người ốm, hẹn báo Trạm Y tế xã cho người xuống khám',
  'Giải thích hồ sơ xóa nhà tạm, còn thiếu giấy xác nhận diện tích đất', 'Trao chăn ấm của Mặt trận xã, gia đình đã nhận đủ',
  'Bàn ngày dọn đường lên nương với mấy hộ bên cạnh', 'Hẹn báo xã đo lại sóng điện thoại ở cuối xóm', 'Hướng dẫn làm giấy khai sinh',
];
const requests = [
  'Đường bê tông ở dốc Keng Cải bị sạt một bên, xe máy đi rất nguy hiểm khi trời mưa.', 'Mó nước đầu xóm cạn từ tháng trước, xin xã cho người xem lại đường ống.',
  'Hỏi bao giờ có điện ba pha để chạy máy xát.', 'Xin sửa cầu treo, ba tấm ván đã mục.',
];

/** One visit as members write them, saved. */
export async function saveVisit(store: PhoneStore, chance: Chance): Promise<void> {
  const household = chance.pick(store.all('household').filter((known) => known.fields.contact !== 'no'));
  const some = <T>(from: readonly T[], most: number) => [...new Set(Array.from({ length: 1 + chance.int(most) }, () => chance.pick(from)))];
  const made = recordVisit(
    household,
    {
      date: '2026-11-22',
      purpose: chance.pick(['regular', 'illness', 'policy_info', 'support_delivery'] as const),
      met: chance.pick(['yes', 'yes', 'yes', 'absent'] as const),
      outcome: `${chance.pick(doings)} (${1 + chance.int(900)})`,
      ...(chance.happens(0.5) ? { companions: some(companionUnits, 3) } : {}),
      topics: some(topics.filter((topic) => topic !== 'staff_attitude'), 3),
      durationMin: 10 + chance.int(80),
      ...(chance.happens(0.2) ? { phone: `0900${String(chance.int(10 ** 6)).padStart(6, '0')}` } : {}),
      ...(chance.happens(0.2) ? { feedback: [{ kind: 'phan_anh', channel: 'visit', topic: 'road', text: chance.pick(requests), anonymity: 'named', citizenName: 'Nông Văn Sơn (mẫu)' }] } : {}),
    },
    store.commandContext(),
  );
  if (!made.ok) throw new Error(`no visit: ${made.error.code}`);
  const saved = await store.write(made.value.entries);
  if (!saved.ok) throw new Error(`not saved: ${saved.error.code}`);
}
