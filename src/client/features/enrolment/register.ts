/** The last step of an enrolment: the request that is on disk already, sent as often as it takes, and the answer kept. */
import { enrol } from '#client/remote/enrolment.ts';
import type { EnrolmentFailure } from '#client/remote/enrolment.ts';
import { completeEnrolment } from '#client/store/enrol-phone.ts';
import type { StorageErrorCode, UnlockedPhone } from '#client/store/phone.ts';
import type { Disk } from '#client/store/disk.ts';
import { err, ok } from '#domain/result.ts';
import type { Result } from '#domain/result.ts';

/** `phone` was unlocked while enrolling: its request is the one to repeat. */
export async function register(disk: Disk, phone: UnlockedPhone): Promise<Result<{ readonly name: string }, EnrolmentFailure | StorageErrorCode>> {
  if (phone.enrolling === undefined) throw new Error('nothing to register: the phone is not enrolling');
  const answer = await enrol(phone.enrolling);
  if (!answer.ok) return answer;
  const completed = await completeEnrolment(disk, phone, answer.value);
  return completed.ok ? ok({ name: answer.value.member.name }) : err(completed.error.code);
}
