import { useMessages } from '#client/languages/use-messages.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';
import { useOnline } from './use-online.ts';

interface AskedNoticeProps {
  /** Was it ever told what the screen shows? */
  readonly isTold: boolean;
  readonly isAsking: boolean;
  /** Why the last question had no answer; undefined: it had. */
  readonly failure: string | undefined;
  /** What a phone that knows it has no signal says. */
  readonly offline: string;
  readonly asking: string;
  /** When what is shown was told, as a sentence; empty where nothing was. */
  readonly asOf: string;
  readonly onRetry: () => void;
}

/** Whether what a screen was told is true now: without a signal nothing can be, and that is said. */
export function AskedNotice({ isTold, isAsking, failure, offline, asking, asOf, onRetry }: AskedNoticeProps) {
  const m = useMessages();
  const isOnline = useOnline();
  return (
    <div role="status" className="status">
      {!isOnline ? (
        <Notice tone="calm">{`${offline} ${asOf}`}</Notice>
      ) : failure !== undefined && !isAsking ? (
        <Notice tone="calm">
          <p>{`${failure} ${asOf}`}</p>
          <div className="line">
            <Button onClick={onRetry}>{m.ui.retry}</Button>
          </div>
        </Notice>
      ) : isTold ? null : (
        <p className="quiet">{asking}</p>
      )}
    </div>
  );
}
