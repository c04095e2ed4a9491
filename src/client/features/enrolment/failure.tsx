import type { EnrolmentFailure } from '#client/remote/enrolment.ts';
import type { StorageErrorCode } from '#client/store/phone.ts';
import { useMessages } from '#client/languages/use-messages.ts';
import { Button } from '#client/ui/button.tsx';
import { Notice } from '#client/ui/notice.tsx';

export type FailureCode = EnrolmentFailure | StorageErrorCode | 'bad_link' | 'device_fault';

/** Trying again changes nothing about these: a person must do something first. */
const final: readonly FailureCode[] = ['bad_link', 'unknown_invitation', 'used_invitation', 'expired_invitation', 'cancelled_invitation'];

/** Why it did not go on, in words, and the button that tries again where that can help. */
export function Failure({ code, onRetry }: { readonly code: FailureCode; readonly onRetry: () => void }) {
  const m = useMessages();
  return (
    <>
      <Notice tone={final.includes(code) ? 'danger' : 'warn'}>{m.enrolment.errors[code]}</Notice>
      {final.includes(code) ? null : (
        <Button variant="primary" wide onClick={onRetry}>
          {m.ui.retry}
        </Button>
      )}
    </>
  );
}
